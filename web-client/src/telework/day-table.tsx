import type { OwnTelework } from '../../../gateway/http/schemas/index.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { dayName, hoursAndMinutes } from './month.ts';

type Day = OwnTelework['days'][number];
type DayTableProps = {
  days: readonly (Day & { readonly person?: { readonly displayName: string; readonly unitName: string; readonly id: string } })[];
  /** Names whose day it is. */
  named?: boolean;
};

/** Days with their marks and sums; on a phone each row is a card. What was derived from sessions says so. */
export function DayTable({ days, named = false }: DayTableProps) {
  const { t, language } = useTexts();
  if (days.length === 0) return <p className="telework-empty">{t('telework.empty')}</p>;
  return (
    <div className="telework-table">
      <table>
        <caption className="visually-hidden">{t('telework.days')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('telework.column.day')}</th>
            {named && <th scope="col">{t('telework.column.person')}</th>}
            <th scope="col">{t('telework.column.marks')}</th>
            <th scope="col" className="figure">
              {t('telework.column.worked')}
            </th>
            <th scope="col" className="figure">
              {t('telework.column.paused')}
            </th>
            <th scope="col" className="figure">
              {t('telework.column.connected')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={`${day.person?.id ?? ''} ${day.person?.unitName ?? ''} ${day.day}`}>
              <th scope="row">
                {dayName(day.day, language)}
                {day.lifted && <span className="soft telework-lifted">{t('telework.lifted', { rules: day.lifted.map((rule) => t(`lifted.${rule}`)).join(t('duties.and')) })}</span>}
              </th>
              {named && (
                <td data-label={t('telework.column.person')}>
                  {day.person?.displayName} <span className="soft">{day.person?.unitName}</span>
                </td>
              )}
              <td data-label={t('telework.column.marks')}>
                <ol className="telework-marks">
                  {day.marks.map(({ kind, at, source }) => (
                    <li key={`${kind} ${at}`}>
                      {timeOfDay(at, language)} {t(`telework.kind.${kind}`)}
                      {source === 'derived' && <span className="soft"> {t('telework.derived')}</span>}
                    </li>
                  ))}
                </ol>
              </td>
              <td className="figure" data-label={t('telework.column.worked')}>
                {hoursAndMinutes(day.workedSeconds)}
              </td>
              <td className="figure" data-label={t('telework.column.paused')}>
                {hoursAndMinutes(day.pausedSeconds)}
              </td>
              <td className="figure" data-label={t('telework.column.connected')}>
                {hoursAndMinutes(day.connectedSeconds)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
