import type { Board } from '../../../../gateway/http/schemas/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { segmentsOf, type Segment } from './seat-segments.ts';

/** The seats as one picture, and the same as a table: what is free is hatched, so that nothing hangs on colour alone. */
export function SeatPicture({ seats }: { seats: Board['seats'] }) {
  const { t } = useTexts();
  const { total, taken, offered, yielding } = seats;
  const segments = segmentsOf(seats);
  const whole = Math.max(1, segments.reduce((sum, segment) => sum + segment.seats, 0));
  let at = 0;
  return (
    <section className="panel" aria-labelledby="board-seats-title">
      <h2 id="board-seats-title">{t('administration.board.seats.title')}</h2>
      <p className="seat-summary">{total === undefined ? t('administration.board.seats.unlimited', { taken }) : t('administration.board.seats.summary', { total, taken, offered, yielding })}</p>
      <svg className="seat-picture" viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <defs>
          <pattern id="seat-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="8" height="8" className="seat-hatch-ground" />
            <rect width="2" height="8" className="seat-hatch-line" />
          </pattern>
        </defs>
        {segments.map((segment) => {
          const [x, width] = [(at / whole) * 1000, (segment.seats / whole) * 1000];
          at += segment.seats;
          return <rect key={`${segment.kind} ${segment.name ?? ''} ${String(segment.free)}`} x={x} width={width} height="60" className={`segment segment-${segment.kind}`} fill={segment.free ? 'url(#seat-hatch)' : undefined} />;
        })}
      </svg>
      <ul className="seat-legend" role="list">
        {segments.map((segment) => (
          <li key={`${segment.kind} ${segment.name ?? ''} ${String(segment.free)}`}>
            <span className={`legend-mark segment-${segment.kind} ${segment.free ? 'legend-free' : ''}`} aria-hidden="true" />
            {labelOf(t, segment)} <strong>{segment.seats}</strong>
          </li>
        ))}
      </ul>
      <Shares shares={seats.shares} />
      <Pools pools={seats.pools} />
    </section>
  );
}

function labelOf(t: ReturnType<typeof useTexts>['t'], { kind, name, free }: Segment): string {
  const what = kind === 'floor' ? (name ?? '') : kind === 'reserve' ? t('administration.board.seats.reserve') : kind === 'shared' ? t('administration.board.seats.shared') : '';
  return [what, free ? t('administration.board.seats.free') : t('administration.board.seats.taken')].filter((part) => part !== '').join(' ');
}

function Shares({ shares }: { shares: Board['seats']['shares'] }) {
  const { t } = useTexts();
  if (shares.length === 0) return null;
  return (
    <div className="board-scroll" tabIndex={0} role="group" aria-label={t('administration.board.seats.table')}>
      <table className="board-table">
        <caption className="visually-hidden">{t('administration.board.seats.table')}</caption>
        <thead>
          <tr>
            {(['name', 'floor', 'taken', 'above', 'most', 'waiting'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`administration.board.seats.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shares.map(({ name, floor, taken, most, waiting }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{floor}</td>
              <td>{taken}</td>
              <td>{Math.max(0, taken - floor)}</td>
              <td>{most ?? t('administration.board.seats.none')}</td>
              <td>{waiting}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pools({ pools }: { pools: Board['seats']['pools'] }) {
  const { t } = useTexts();
  if (pools.length === 0) return null;
  return (
    <>
      <h3>{t('administration.board.seats.pools')}</h3>
      <ul className="board-pools" role="list">
        {pools.map((pool) => (
          <li key={pool.id}>
            <strong>{pool.name}</strong> {t('administration.board.seats.pool', { taken: pool.taken, free: pool.free, waiting: pool.waiting })}
          </li>
        ))}
      </ul>
    </>
  );
}
