import type { OwnDuty } from '../../../gateway/http/schemas/index.ts';
import type { Tone } from '../console/status-badge.tsx';

/** Keys of the catalogues' `duties.state`. */
type DutyState = 'ready' | 'lifted' | 'not-teleworkable' | 'outside-hours' | 'days-used' | 'acknowledge' | 'device' | 'refused';

/** The one word for a duty, by the reason that is decisive, and how it looks. */
export function dutyState({ reasons, lifted }: Pick<OwnDuty, 'reasons' | 'lifted'>): { readonly key: DutyState; readonly tone: Tone } {
  const [first] = reasons;
  switch (first) {
    case undefined:
      return lifted.length > 0 ? { key: 'lifted', tone: 'info' } : { key: 'ready', tone: 'good' };
    case 'duty-not-teleworkable':
      return { key: 'not-teleworkable', tone: 'off' };
    case 'outside-hours':
      return { key: 'outside-hours', tone: 'warning' };
    case 'telework-days-used':
      return { key: 'days-used', tone: 'warning' };
    case 'acknowledgement-required':
      return { key: 'acknowledge', tone: 'warning' };
    case 'registered-device-required':
      return { key: 'device', tone: 'warning' };
    default:
      return { key: 'refused', tone: 'bad' };
  }
}
