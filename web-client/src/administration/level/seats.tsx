import type { Situation } from '../../../../gateway/http/schemas/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type Seat = Situation['seats'][number];

/** Seats taken and free, as bars with their numbers. */
export function Seats({ seats }: { seats: readonly Seat[] }) {
  const { t } = useTexts();
  if (seats.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="seats-title">
      <h2 id="seats-title">{t('administration.level.seats.title')}</h2>
      <ul className="seats" role="list">
        {seats.map((seat) => (
          <Bar key={`${seat.scope} ${seat.name ?? ''}`} seat={seat} />
        ))}
      </ul>
    </section>
  );
}

function Bar({ seat: { scope, name, seats, taken } }: { seat: Seat }) {
  const { t } = useTexts();
  const free = Math.max(0, seats - taken);
  const share = seats === 0 ? 0 : Math.min(100, (taken / seats) * 100);
  const tone = free === 0 ? 'full' : share >= 80 ? 'scarce' : 'ample';
  const label = scope === 'pool' ? (name ?? '') : t(`administration.level.seats.${scope}`);
  return (
    <li className={`seat seat-${tone}`}>
      <span className="seat-name">{label}</span>
      <svg className="seat-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect className="seat-free" width="100" height="4" />
        <rect className="seat-taken" width={share} height="4" />
      </svg>
      <span className="seat-numbers">
        {t('administration.level.seats.taken', { taken, seats })} <strong>{t(`administration.level.seats.${tone}`, { free })}</strong>
      </span>
    </li>
  );
}
