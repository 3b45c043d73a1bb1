import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem, signInIsOver, type SignInEnd } from './problem.ts';

/** Reads are tried again only where another try may help; a refusal stays a refusal. */
export function createQueryClient(onSignInOver: (because: SignInEnd | undefined) => void): QueryClient {
  const watch = (error: unknown): void => {
    if (signInIsOver(error)) onSignInOver(error.document?.ended);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}
