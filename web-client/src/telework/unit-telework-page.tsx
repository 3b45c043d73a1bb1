import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { ConsolePage } from '../console/console-page.tsx';
import { useNow } from '../console/use-now.ts';
import { Icon } from '../ui/icons.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DayTable } from './day-table.tsx';
import { monthOf } from './month.ts';
import { MonthSwitch } from './month-switch.tsx';
import { unitTelework } from './queries.ts';
import './telework.css';

/** The telework record of everybody of the units one heads. Looking is on the audit trail, and the page says so. */
export function UnitTeleworkPage() {
  const { t } = useTexts();
  const [offset, setOffset] = useState(0);
  const now = useNow(60_000);
  const month = monthOf(now, offset);
  const { data, error } = useQuery(unitTelework(month));
  return (
    <ConsolePage
      title={t('telework.unitTitle')}
      intro={t('telework.unitIntro')}
      actions={
        <a className="button button-outline button-medium" href={`/api/telework/unit.csv?from=${month.from}&to=${month.to}`} download>
          <Icon name="down" />
          <span>{t('telework.csv')}</span>
        </a>
      }
    >
      <MonthSwitch month={month} offset={offset} onChange={setOffset} />
      {error !== null && <ProblemNotice error={error} />}
      {data === undefined && error === null && <p role="status">{t('loading')}</p>}
      {data && <DayTable days={data.items} named />}
    </ConsolePage>
  );
}
