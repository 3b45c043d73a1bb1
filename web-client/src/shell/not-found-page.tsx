import { Link } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { Support } from '../ui/problem-notice.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import './shell.css';

export function NotFoundPage() {
  const { t } = useTexts();
  return (
    <main className="alone">
      <div className="alone-box">
        <Wordmark />
        <PageHeading title={t('notFound.title')} />
        <p>{t('notFound.help')}</p>
        <Support code="SEK-1005" />
        <Link href="/" className="button button-solid">
          {t('toDesktops')}
        </Link>
      </div>
    </main>
  );
}
