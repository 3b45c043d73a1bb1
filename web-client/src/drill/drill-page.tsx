import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import type { RunningDrill, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Loading } from '../shell/loading.tsx';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { PartNow } from './part-now.tsx';
import { runningDrill } from './queries.ts';
import { TakePart } from './take-part.tsx';
import './drill.css';

type Running = NonNullable<RunningDrill['drill']>;

/** Taking part in a drill (訓練): the way in as on the day itself, without a desktop at the end of it. */
export default function DrillPage({ user }: { user: User }) {
  const { t } = useTexts();
  const { data, error } = useQuery(runningDrill);
  if (data === undefined) return error === null ? <Loading /> : <ProblemNotice error={error} />;
  return (
    <section className="stack">
      {error !== null && <ProblemNotice error={error} />}
      {data.drill === undefined ? (
        <>
          <PageHeading title={t('drill.none')} />
          <p>{t('drill.noneHelp')}</p>
          <p>
            <Link href="/" className="button button-solid">
              {t('toDesktops')}
            </Link>
          </p>
        </>
      ) : (
        <UnderWay drill={data.drill} user={user} />
      )}
    </section>
  );
}

function UnderWay({ drill, user }: { drill: Running; user: User }) {
  const { t, language } = useTexts();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: () => call<RunningDrill>('DELETE', `/api/drills/${drill.id}/part`),
    onSuccess: (now) => queryClient.setQueryData(runningDrill.queryKey, now),
  });
  const { part } = drill;
  const inIt = part !== undefined && part.state !== 'left';
  const [hours, minutes] = [Math.floor(drill.elapsed / 3600), Math.floor((drill.elapsed % 3600) / 60)];
  return (
    <>
      <PageHeading title={t('drill.title', { name: drill.name })} />
      <p className="soft">{t('drill.intro')}</p>
      {part !== undefined && <PartNow part={part} />}
      <dl className="drill-clock">
        <div>
          <dt>{t('drill.event')}</dt>
          <dd>{t(`level.events.${drill.event}`)}</dd>
        </div>
        <div>
          <dt>{t('drill.level')}</dt>
          <dd>{t(`level.${drill.level}.name`)}</dd>
        </div>
        <div>
          <dt>{t('drill.elapsed')}</dt>
          <dd>{t('drill.hoursMinutes', { hours, minutes })}</dd>
        </div>
        <div>
          <dt>{t('drill.endsAt')}</dt>
          <dd>{timeOfDay(drill.endsAt, language)}</dd>
        </div>
      </dl>
      {drill.pace > 1 && <p>{t('drill.pace', { seconds: drill.pace })}</p>}
      {leave.error !== null && <ProblemNotice error={leave.error} />}
      {inIt ? (
        <p>
          <Button look="outline" isPending={leave.isPending} onPress={() => leave.mutate()}>
            {t('drill.leave')}
          </Button>
        </p>
      ) : (
        <TakePart drillId={drill.id} user={user} />
      )}
    </>
  );
}
