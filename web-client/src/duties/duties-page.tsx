import { useQuery } from '@tanstack/react-query';
import type { OwnDuties } from '../../../gateway/http/schemas/index.ts';
import { Asked } from '../console/asked.tsx';
import { EmptyState } from '../console/empty-state.tsx';
import { SaidProvider } from '../console/said.tsx';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Delegations } from './delegations.tsx';
import { DutyCard } from './duty-card.tsx';
import { ownDuties } from './queries.ts';
import { Rules } from './rules.tsx';
import '../console/console.css';
import './duties.css';

/** What one does, what stands in the way of each duty from here now, the rules to acknowledge, and what is handed over. */
export default function OwnDutiesPage() {
  const { t } = useTexts();
  const own = useQuery(ownDuties);
  return (
    <SaidProvider>
      <div className="stack-tight">
        <PageHeading title={t('duties.title')} />
        <p className="soft">{t('duties.intro')}</p>
      </div>
      <Asked of={own}>{(found) => <Found own={found} />}</Asked>
    </SaidProvider>
  );
}

function Found({ own }: { own: OwnDuties }) {
  const { t, language } = useTexts();
  const { accountEnds, rules, duties, site } = own;
  return (
    <>
      {accountEnds && (
        <Notice tone={accountEnds.soon ? 'warning' : 'info'} title={t('duties.accountEnds.title', { time: dayAndTime(accountEnds.at, language) })}>
          <p>{t('duties.accountEnds.help')}</p>
        </Notice>
      )}
      {rules && <Rules rules={rules} />}
      <section className="stack" aria-labelledby="duties-list">
        <div className="stack-tight">
          <h2 id="duties-list">{t('duties.list')}</h2>
          <p className="soft">{t('duties.from', { site: site === null ? t('duties.nowhere') : t(`site.${site}`) })}</p>
        </div>
        {duties.length === 0 ? (
          <EmptyState icon="info" title={t('desktops.noDuty.title')} help={t('desktops.noDuty.help')} />
        ) : (
          <ul className="duty-cards" role="list" aria-labelledby="duties-list">
            {duties.map((duty) => (
              <li key={duty.id}>
                <DutyCard duty={duty} own={own} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <Delegations />
    </>
  );
}
