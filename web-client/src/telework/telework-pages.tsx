import { NotFoundPage } from '../shell/not-found-page.tsx';
import { OwnTeleworkPage } from './own-telework-page.tsx';
import { UnitTeleworkPage } from './unit-telework-page.tsx';

/** The pages of the telework record (テレワーク実績). `path` is what follows `/telework`. */
export default function TeleworkPages({ path }: { path: string }) {
  if (path === '' || path === '/') return <OwnTeleworkPage />;
  if (path === '/unit') return <UnitTeleworkPage />;
  return <NotFoundPage />;
}
