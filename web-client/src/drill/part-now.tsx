import type { RunningDrill } from '../../../gateway/http/schemas/index.ts';
import { countdown, secondsUntil } from '../format/countdown.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useSecond } from '../ui/use-second.ts';

type Part = NonNullable<NonNullable<RunningDrill['drill']>['part']>;

/** Where one stands in the drill: waiting and why, at the desktop, or about to yield it. */
export function PartNow({ part }: { part: Part }) {
  const { t } = useTexts();
  const now = useSecond();
  const { state, dutyName, class: priorityClass, place, waiting, reasons, yieldsAt, yieldsTo = '', admittedAfter, displaced } = part;
  const title =
    state === 'waiting'
      ? place === undefined ? t('drill.part.placing') : t('drill.part.waiting', { place, waiting: waiting ?? place })
      : state === 'yielding' && yieldsAt !== undefined
        ? t('drill.part.yielding', { left: countdown(t, secondsUntil(yieldsAt, now)) })
        : t(state === 'left' ? 'drill.part.left' : 'drill.part.seated');
  return (
    <div className={`drill-part drill-part-${state}`} role="status">
      <strong>{title}</strong>
      <p>{t('drill.part.duty', { duty: dutyName, class: priorityClass })}</p>
      {state === 'yielding' && <p>{t('drill.part.yieldsTo', { duty: yieldsTo })}</p>}
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{t(`codes.${reason}.title`)}</li>
          ))}
        </ul>
      )}
      {admittedAfter !== undefined && <p className="soft">{t('drill.part.admittedAfter', { minutes: Math.round(admittedAfter / 60) })}</p>}
      {displaced > 0 && <p className="soft">{t('drill.part.displaced', { count: displaced })}</p>}
    </div>
  );
}
