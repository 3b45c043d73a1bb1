import type { Drill } from '../../../../gateway/http/schemas/index.ts';
import { duration } from '../../console/duration.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type Duty = NonNullable<Drill['result']>['duties'][number];
const [ROW, WIDTH, LEFT, RIGHT] = [34, 640, 220, 110] as const;
/** A minute: what lies before it is drawn at the beginning. */
const FIRST = 60;

/** Of each duty when it could first be done, beside its target time. On a logarithmic scale, since they lie between minutes and weeks. The table below says the same. */
export function TimesChart({ duties }: { duties: readonly Duty[] }) {
  const { t } = useTexts();
  if (duties.length === 0) return null;
  const longest = Math.max(3600, ...duties.flatMap(({ target, achieved = 0 }) => [target, achieved]));
  const x = (seconds: number) => LEFT + (Math.log(Math.max(FIRST, seconds) / FIRST) / Math.log(longest / FIRST)) * (WIDTH - LEFT - RIGHT);
  const height = duties.length * ROW + 8;
  return (
    <figure className="drill-chart">
      <figcaption>{t('administration.drills.result.chart')}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true" focusable="false">
        {duties.map(({ dutyId, name, class: priorityClass, target, achieved, standing }, row) => {
          const y = row * ROW + 6;
          return (
            <g key={dutyId}>
              <text x={LEFT - 10} y={y + 16} className="drill-chart-name">
                {short(`${priorityClass} ${name}`)}
              </text>
              {achieved === undefined ? (
                <rect x={LEFT} y={y + 4} width={WIDTH - LEFT - RIGHT} height="14" className={`drill-bar drill-bar-never drill-bar-${standing}`} />
              ) : (
                <rect x={LEFT} y={y + 4} width={Math.max(3, x(achieved) - LEFT)} height="14" className={`drill-bar drill-bar-${standing}`} />
              )}
              <line x1={x(target)} x2={x(target)} y1={y} y2={y + 22} className="drill-target" />
              <text x={WIDTH - RIGHT + 8} y={y + 16} className="drill-chart-time">
                {achieved === undefined ? t('administration.drills.result.never') : duration(t, achieved)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const short = (text: string): string => ([...text].length > 16 ? `${[...text].slice(0, 15).join('')}…` : text);
