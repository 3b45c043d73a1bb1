import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import { PageHeading } from '../ui/page-heading.tsx';

type ConsolePageProps = {
  title: string;
  /** What stands above this page, from the top. */
  crumbs?: readonly { readonly href: string; readonly name: string }[];
  intro?: ReactNode;
  /** Buttons that concern the page as a whole. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A page of a console: where one is, its heading, what can be done, and the rest. */
export function ConsolePage({ title, crumbs = [], intro, actions, children }: ConsolePageProps) {
  return (
    <>
      {crumbs.length > 0 && <Crumbs crumbs={crumbs} title={title} />}
      <div className="console-head">
        <div className="console-head-text">
          <PageHeading title={title} />
          {intro !== undefined && <p className="soft">{intro}</p>}
        </div>
        {actions !== undefined && <div className="console-actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}

function Crumbs({ crumbs, title }: { crumbs: readonly { readonly href: string; readonly name: string }[]; title: string }) {
  const { t } = useTexts();
  return (
    <nav className="crumbs" aria-label={t('console.crumbs')}>
      <ol role="list">
        {crumbs.map(({ href, name }) => (
          <li key={href}>
            <Link href={href}>{name}</Link>
            <Icon name="chevron" />
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
}
