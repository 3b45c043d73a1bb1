import { CODES } from '../../../broker/codes.ts';
import type { TimelineEvent } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { becauseText } from './because-text.ts';

/** What an event's record says beside its name: reasons in words, everything else as it stands on the trail. */
export function EventDetails({ event: { event, fields } }: { event: TimelineEvent }) {
  const { t } = useTexts();
  const because = typeof fields['why'] === 'string' ? fields['why'] : undefined;
  const reasons = Array.isArray(fields['reasons']) ? fields['reasons'].map(String) : [];
  const rows = rowsOf(event === 'admissionDecided' || event === 'yieldNoticed' ? fields['inputs'] : undefined);
  const refused = rowsOf(event === 'channelsRefused' ? fields['refused'] : undefined);
  const note = typeof fields['reason'] === 'string' ? fields['reason'] : undefined;
  const decision = fields['decision'];
  return (
    <>
      {(decision === 'admit' || decision === 'wait' || decision === 'refuse') && <p className={`timeline-decision timeline-decision-${decision}`}>{t(`oversight.outcome.${decision}`)}</p>}
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>
              {becauseText(t, reason)} <span className="soft">{Object.hasOwn(CODES, reason) ? CODES[reason as keyof typeof CODES].support : reason}</span>
            </li>
          ))}
        </ul>
      )}
      {because !== undefined && <p>{becauseText(t, because)}</p>}
      {note !== undefined && <p>{t('oversight.note', { reason: note })}</p>}
      {refused.length > 0 && (
        <dl className="timeline-facts">
          {refused.map(([kind, what]) => (
            <div key={kind}>
              <dt>{kind}</dt>
              <dd>{countText(t, what)}</dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length > 0 && (
        <details className="timeline-inputs">
          <summary>{t('oversight.inputs', { count: rows.length })}</summary>
          <dl className="timeline-facts">
            {rows.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{Array.isArray(value) ? value.join(', ') : String(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function rowsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function countText(t: ReturnType<typeof useTexts>['t'], what: unknown): string {
  if (typeof what !== 'object' || what === null || !('count' in what) || !('bytes' in what)) return String(what);
  return t('oversight.refusedTimes', { count: Number(what.count), bytes: Number(what.bytes) });
}
