import type { User } from '../../../gateway/http/schemas/index.ts';
import { BypassPage } from '../administration/bypass/bypass-page.tsx';
import { NotFoundPage } from '../shell/not-found-page.tsx';
import { EntryPage } from './entry-page.tsx';
import { SessionPage } from './session-page.tsx';
import { SessionsPage } from './sessions-page.tsx';
import './oversight.css';

/** The pages of security officers and auditors. `path` is what follows `/oversight`. */
export default function OversightPages({ user, path }: { user: User; path: string }) {
  if (path === '/sessions') return <SessionsPage />;
  if (path === '/bypass') return <BypassPage user={user} />;
  if (path === '/entry') return <EntryPage user={user} />;
  const sessionId = /^\/sessions\/([^/]+)$/u.exec(path)?.[1];
  return sessionId === undefined ? <NotFoundPage /> : <SessionPage key={sessionId} sessionId={sessionId} />;
}
