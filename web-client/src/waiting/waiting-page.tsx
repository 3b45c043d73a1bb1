import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { LevelBanner } from '../desktops/level-banner.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Loading } from '../shell/loading.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Offer } from './offer.tsx';
import { Over } from './over.tsx';
import { PlaceInQueue } from './place-in-queue.tsx';
import { waiting } from './queries.ts';
import '../desktops/desktops.css';
import './waiting.css';

/** The waiting room (順番待ち): one's place, why, when, and the way in once it is one's turn. */
export default function WaitingPage({ user }: { user: User }) {
  const { data, error } = useQuery(waiting);
  const raised = ['2', '3'].includes(user.level.provisional?.level ?? user.level.level);
  if (data === undefined) return error === null ? <Loading /> : <ProblemNotice error={error} />;
  const [newest] = data.items;
  const open = data.items.find(({ state }) => state === 'waiting');
  const offered = data.items.find(({ state, sitDownBy }) => state === 'admitted' && sitDownBy !== undefined);
  return (
    <>
      <LevelBanner level={user.level} />
      {error !== null && <ProblemNotice error={error} />}
      {open !== undefined ? <PlaceInQueue place={open} /> : offered !== undefined ? <Offer key={offered.id} offer={offered} user={user} /> : newest === undefined ? <Nothing /> : <Over place={newest} />}
      {open !== undefined && raised && <EasyWords />}
    </>
  );
}

function Nothing() {
  const { t } = useTexts();
  return (
    <section className="stack">
      <PageHeading title={t('waiting.none')} />
      <p>{t('waiting.noneHelp')}</p>
      <p>
        <Link href="/" className="button button-solid">
          {t('toDesktops')}
        </Link>
      </p>
    </section>
  );
}

/** やさしい日本語: on a bad day not everybody reads long sentences. */
function EasyWords() {
  const { t } = useTexts();
  return (
    <section className="easy" aria-labelledby="easy-title">
      <h2 id="easy-title">{t('waiting.easy.title')}</h2>
      <ul>
        {(['wait', 'safe', 'close', 'open'] as const).map((sentence) => (
          <li key={sentence}>{t(`waiting.easy.${sentence}`)}</li>
        ))}
      </ul>
    </section>
  );
}
