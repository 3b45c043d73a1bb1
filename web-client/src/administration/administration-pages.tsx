import type { ReactNode } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../console/console-page.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { consolePagesFor } from '../routing/console-pages.ts';
import { Notice } from '../ui/notice.tsx';
import { AcknowledgementsPage } from './acknowledgements/acknowledgements-page.tsx';
import { BypassPage } from './bypass/bypass-page.tsx';
import { BoardPage } from './board/board-page.tsx';
import { DelegationsPage } from './delegations/delegations-page.tsx';
import { DesktopPage } from './desktops/desktop-page.tsx';
import { DesktopsPage } from './desktops/desktops-page.tsx';
import { RegisteredDevicesPage } from './devices/devices-page.tsx';
import { DrillPage } from './drills/drill-page.tsx';
import { DrillsPage } from './drills/drills-page.tsx';
import { DutiesPage } from './duties/duties-page.tsx';
import { ExceptionsPage } from './exceptions/exceptions-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import { LevelPage } from './level/level-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { PersonPage } from './people/person-page.tsx';
import { PoolsPage } from './pools/pools-page.tsx';

/** The pages of those who administer the office. `path` is what follows `/administration`. */
export default function AdministrationPages({ user, path }: { user: User; path: string }) {
  const [, page = '', id] = path.split('/');
  const mayOpen = consolePagesFor(user).some((one) => one.path === `/administration/${page}`);
  return mayOpen ? pageOf(user, page, id) : <Forbidden />;
}

function pageOf(user: User, page: string, id: string | undefined): ReactNode {
  switch (page) {
    case 'board':
      return <BoardPage />;
    case 'level':
      return <LevelPage user={user} />;
    case 'drills':
      return id === undefined ? <DrillsPage user={user} /> : <DrillPage key={id} user={user} drillId={id} />;
    case 'exceptions':
      return <ExceptionsPage user={user} />;
    case 'bypass':
      return <BypassPage user={user} />;
    case 'people':
      return id === undefined ? <PeoplePage user={user} /> : <PersonPage key={id} user={user} personId={id} />;
    case 'duties':
      return <DutiesPage user={user} />;
    case 'delegations':
      return <DelegationsPage user={user} />;
    case 'acknowledgements':
      return <AcknowledgementsPage />;
    case 'desktops':
      return id === undefined ? <DesktopsPage user={user} /> : <DesktopPage key={id} user={user} desktopId={id} />;
    case 'devices':
      return <RegisteredDevicesPage />;
    case 'pools':
      return <PoolsPage user={user} />;
    default:
      return <ImportPage user={user} />;
  }
}

function Forbidden() {
  const { t } = useTexts();
  return (
    <ConsolePage title={t('administration.forbidden.title')}>
      <Notice tone="warning" title={t('administration.forbidden.title')}>
        <p>{t('administration.forbidden.help')}</p>
      </Notice>
    </ConsolePage>
  );
}
