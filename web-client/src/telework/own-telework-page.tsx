import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNow } from '../console/use-now.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DayTable } from './day-table.tsx';
import { MarkCard } from './mark-card.tsx';
import { monthOf } from './month.ts';
import { MonthSwitch } from './month-switch.tsx';
import { ownTelework } from './queries.ts';
import './telework.css';

/** One's own telework record: what holds now, the buttons that change it, and the days of a month. */
export function OwnTeleworkPage() {
  const { t } = useTexts();
  const [offset, setOffset] = useState(0);
  const now = useNow(60_000);
  const month = monthOf(now, offset);
  const current = useQuery({ ...ownTelework(monthOf(now)), refetchInterval: 60_000 });
  const shown = useQuery(ownTelework(month));
  return (
    <>
      <div className="telework-head">
        <PageHeading title={t('telework.title')} />
        <p className="soft">{t('telework.intro')}</p>
      </div>
      {current.data && <MarkCard record={current.data} />}
      <section className="stack" aria-labelledby="telework-days">
        <div className="telework-days-head">
          <h2 id="telework-days">{t('telework.days')}</h2>
          <MonthSwitch month={month} offset={offset} onChange={setOffset} />
        </div>
        {shown.error !== null && (
          <ProblemNotice error={shown.error}>
            <p>
              <Button look="outline" size="small" icon="refresh" onPress={() => void shown.refetch()}>
                {t('again')}
              </Button>
            </p>
          </ProblemNotice>
        )}
        {shown.data === undefined && shown.error === null && <p role="status">{t('loading')}</p>}
        {shown.data && <DayTable days={shown.data.days} />}
      </section>
    </>
  );
}
