import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import type { User } from '../../gateway/http/schemas/index.ts';
import { createQueryClient } from './api/client.ts';
import { addTexts } from './i18n/setup.ts';
import { useTexts } from './i18n/use-texts.ts';
import { go, useLocation } from './routing/location.ts';
import { routeOf, signInPath } from './routing/routes.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Loading } from './shell/loading.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { SignedIn } from './shell/signed-in.tsx';
import { ProviderReturnPage } from './sign-in/provider-return-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

const WelcomePage = lazy(() => import('./welcome/welcome-page.tsx'));
const desktopsPage = () => import('./desktops/desktops-page.tsx').then(({ DesktopsPage: page }) => ({ default: page }));
const DesktopsPage = lazy(desktopsPage);
const SignInsPage = lazy(() => import('./sign-ins/sign-ins-page.tsx'));
const SecurityPage = lazy(async () => (await addTexts('console'), await import('./security/security-page.tsx')));
const WaitingPage = lazy(() => import('./waiting/waiting-page.tsx'));
const DrillPage = lazy(() => import('./drill/drill-page.tsx'));
const SessionPage = lazy(() => import('./session/session-page.tsx'));
const ConsoleFrame = lazy(async () => (await addTexts('console'), await import('./console/console-frame.tsx')));
const AdministrationPages = lazy(() => import('./administration/administration-pages.tsx'));
const OversightPages = lazy(() => import('./oversight/oversight-pages.tsx'));
const OwnDutiesPage = lazy(async () => (await addTexts('console'), await import('./duties/duties-page.tsx')));
const TeleworkPages = lazy(async () => (await addTexts('console'), await import('./telework/telework-pages.tsx')));

const queryClient = createQueryClient((because) => {
  const { page } = routeOf(location.pathname);
  if (page === 'sign-in' || page === 'provider-return' || page === 'welcome') return;
  const hadSignIn = queryClient.getQueryData(['me']) !== undefined;
  queryClient.clear();
  go(signInPath(location.pathname, hadSignIn ? (because ?? 'yes') : undefined), { replace: true });
});

export function App() {
  const { language } = useTexts();
  return (
    <I18nProvider locale={language === 'ja' ? 'ja-JP' : 'en-US'}>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <RouterProvider navigate={go}>
            <Suspense fallback={<Loading />}>
              <Page />
            </Suspense>
          </RouterProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </I18nProvider>
  );
}

function Page() {
  const { path } = useLocation();
  const route = routeOf(path);
  useEffect(() => {
    // Answers a promise in newer browsers, which is no clean-up.
     window.scrollTo(0, 0);
  }, [path]);
  useEffect(() => {
    // What follows a sign-in is fetched while one types; where that fails it is fetched again when it is wanted.
    if (route.page === 'sign-in') void Promise.allSettled([import('./shell/shell.tsx'), desktopsPage()]);
  }, [route.page]);
  switch (route.page) {
    case 'sign-in':
      return <SignInPage />;
    case 'provider-return':
      return <ProviderReturnPage provider={route.provider} />;
    case 'welcome':
      return <WelcomePage />;
    case 'desktops':
      return <SignedIn>{(user) => <DesktopsPage user={user} />}</SignedIn>;
    case 'duties':
      return <SignedIn>{() => <OwnDutiesPage />}</SignedIn>;
    case 'sign-ins':
      return <SignedIn>{() => <SignInsPage />}</SignedIn>;
    case 'security':
      return <SignedIn>{(user) => <SecurityPage user={user} />}</SignedIn>;
    case 'waiting':
      return <SignedIn>{(user) => <WaitingPage user={user} />}</SignedIn>;
    case 'drill':
      return <SignedIn>{(user) => <DrillPage user={user} />}</SignedIn>;
    case 'session':
      return (
        <SignedIn bare onDesktop>
          {(user) => <SessionPage key={route.leaseId} leaseId={route.leaseId} user={user} />}
        </SignedIn>
      );
    case 'administration':
      return <Console>{(user) => <AdministrationPages user={user} path={route.rest} />}</Console>;
    case 'oversight':
      return <Console>{(user) => <OversightPages user={user} path={route.rest} />}</Console>;
    case 'telework':
      return route.rest === '' ? <SignedIn>{() => <TeleworkPages path="" />}</SignedIn> : <Console>{() => <TeleworkPages path={route.rest} />}</Console>;
    case 'not-found':
      return <NotFoundPage />;
  }
}

/** Pages of those who run the office, around which stands their own frame. */
function Console({ children }: { children: (user: User) => ReactNode }) {
  return <SignedIn bare>{(user) => <ConsoleFrame user={user}>{children(user)}</ConsoleFrame>}</SignedIn>;
}
