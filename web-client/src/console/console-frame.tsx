import { Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { DrillStrip } from '../drill/drill-strip.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { AccountMenu } from '../shell/account-menu.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Loading } from '../shell/loading.tsx';
import { Button } from '../ui/button.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import { SaidProvider } from './said.tsx';
import { ClockStrip } from './clock-strip.tsx';
import { SideNavigation } from './side-navigation.tsx';
import { StepUpProvider } from './step-up.tsx';
import '../shell/shell.css';
import './console.css';

/** What every page of the consoles has: skip link, header, menu at the side (above the page on a phone), messages, the page. */
export default function ConsoleFrame({ user, children }: { user: User; children: ReactNode }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <div className="shell console">
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <header className="shell-header">
        <div className="shell-bar console-bar">
          <Link href="/" className="shell-home">
            <Wordmark />
          </Link>
          <div className="console-menu-button">
            <Button look="outline" size="small" icon={open ? 'cross' : 'menu'} aria-expanded={open} aria-controls="console-side" onPress={() => setOpen(!open)}>
              {open ? t('console.menuClose') : t('console.menu')}
            </Button>
          </div>
          <div className="shell-tools">
            <LanguageSwitch signedIn />
            <AccountMenu user={user} />
          </div>
        </div>
      </header>
      <DrillStrip mayTakePart={user.may.includes('desktops.use')} />
      <StepUpProvider>
        <SaidProvider>
          <div className="console-body">
            <div id="console-side" className={open ? 'console-side console-side-open' : 'console-side'}>
              <SideNavigation user={user} onChosen={() => setOpen(false)} />
            </div>
            <main id="main" className="console-main stack" tabIndex={-1}>
              {user.may.includes('server-clock.view') && <ClockStrip />}
              <Suspense fallback={<Loading />}>{children}</Suspense>
            </main>
          </div>
        </SaidProvider>
      </StepUpProvider>
      <footer className="shell-footer">
        <p>{t('footer')}</p>
      </footer>
    </div>
  );
}
