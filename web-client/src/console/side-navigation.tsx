import { Link } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { consolePagesFor, type Area } from '../routing/console-pages.ts';
import { useLocation } from '../routing/location.ts';
import { Icon } from '../ui/icons.tsx';

const areas: readonly Area[] = ['administration', 'oversight', 'telework'];

/** The pages that this person may open, by area, and the way back to the own desktops. */
export function SideNavigation({ user, onChosen }: { user: User; onChosen: () => void }) {
  const { t } = useTexts();
  const { path } = useLocation();
  const pages = consolePagesFor(user);
  return (
    <nav className="side" aria-label={t('console.navigation')}>
      {areas.map((area) => {
        const here = pages.filter((page) => page.area === area);
        if (here.length === 0) return null;
        return (
          <div key={area} className="side-area">
            <h2 className="side-title" id={`side-${area}`}>
              {t(`console.area.${area}`)}
            </h2>
            <ul role="list" aria-labelledby={`side-${area}`}>
              {here.map((page) => (
                <li key={page.path}>
                  <Link href={page.path} className="side-link" onPress={onChosen} aria-current={current(path, page.path)}>
                    {t(`console.page.${page.name}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      <Link href="/" className="side-link side-back">
        <Icon name="monitor" />
        {t('console.toDesktops')}
      </Link>
    </nav>
  );
}

/** The page itself, or the list that the page in view belongs to. */
function current(path: string, page: string): 'page' | boolean {
  return path === page ? 'page' : path.startsWith(`${page}/`);
}
