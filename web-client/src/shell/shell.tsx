import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { DrillStrip } from '../drill/drill-strip.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { useLocation } from '../routing/location.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { AccountMenu } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import './shell.css';

const pages = [
  { path: '/', name: 'nav.desktops' },
  { path: '/duties', name: 'nav.duties', action: 'desktops.use' },
  { path: '/telework', name: 'nav.telework', action: 'telework.mark' },
  { path: '/sign-ins', name: 'nav.signIns' },
] as const;

/** What every page around the sessions has: skip link, header with the ways about, the page, footer. */
export function Shell({ user, children }: { user: User; children: ReactNode }) {
  const { t } = useTexts();
  const { path } = useLocation();
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <header className="shell-header">
        <div className="shell-bar">
          <Link href="/" className="shell-home">
            <Wordmark />
          </Link>
          <nav className="shell-nav" aria-label={t('nav.label')}>
            {pages.filter((page) => !('action' in page) || user.may.includes(page.action)).map((page) => (
              <Link key={page.path} href={page.path} className="shell-nav-link" aria-current={path === page.path && 'page'}>
                {t(page.name)}
              </Link>
            ))}
          </nav>
          <div className="shell-tools">
            <LanguageSwitch signedIn />
            <AccountMenu user={user} />
          </div>
        </div>
      </header>
      <DrillStrip mayTakePart={user.may.includes('desktops.use')} />
      <main id="main" className="shell-main stack" tabIndex={-1}>
        {children}
      </main>
      <footer className="shell-footer">
        <p>{t('footer')}</p>
      </footer>
    </div>
  );
}
