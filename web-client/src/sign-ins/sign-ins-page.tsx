import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { signIns } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { OpenSignIns } from './open-sign-ins.tsx';
import { SignInRow } from './sign-in-row.tsx';
import './sign-ins.css';

/** Where and when one signed in or somebody tried to, newest first. */
export default function SignInsPage() {
  const { t } = useTexts();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(signIns);
  return (
    <>
      <div className="sign-ins-head">
        <PageHeading title={t('signIns.title')} />
        <p className="soft">{t('signIns.intro')}</p>
        <p>
          <Link href="/security">{t('signIns.security')}</Link>
        </p>
      </div>
      <OpenSignIns />
      <h2>{t('signIns.past')}</h2>
      {error !== null && <ProblemNotice error={error} />}
      {data === undefined && error === null && <p role="status">{t('loading')}</p>}
      {data && (
        <ul className="sign-ins" role="list" aria-label={t('signIns.past')}>
          {data.pages.flatMap((page) => page.items).map((signIn) => (
            <SignInRow key={signIn.id} signIn={signIn} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p className="sign-ins-more">
          <Button look="outline" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t('signIns.more')}
          </Button>
        </p>
      )}
    </>
  );
}
