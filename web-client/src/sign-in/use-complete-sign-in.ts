import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { me } from '../api/queries.ts';
import { go, useLocation } from '../routing/location.ts';
import { returnPath } from '../routing/routes.ts';

/** Forgets whatever an earlier sign-in left in the page, and goes to where the person wanted to be. */
export function useCompleteSignIn(): (user: User, returnTo?: string) => void {
  const queryClient = useQueryClient();
  const { query } = useLocation();
  return (user, returnTo) => {
    queryClient.clear();
    queryClient.setQueryData(me.queryKey, user);
    go(returnPath(returnTo ?? query.get('return')), { replace: true });
  };
}
