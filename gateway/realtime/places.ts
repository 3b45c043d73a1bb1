/** Pages that one sign-in may have listening at once, in one process. */
const MOST_OF_A_SIGN_IN = 10;
/** All together, in one process. */
const MOST = 5_000;

/** Counts the connections of each sign-in. */
export function createPlaces(most: number = MOST, mostOfASignIn: number = MOST_OF_A_SIGN_IN): { /** False where there is none left. */ take(signInId: string): boolean; leave(signInId: string): void } {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take(signInId) {
      const own = taken.get(signInId) ?? 0;
      if (all >= most || own >= mostOfASignIn) return false;
      all += 1;
      taken.set(signInId, own + 1);
      return true;
    },
    leave(signInId) {
      const own = taken.get(signInId);
      if (own === undefined) return;
      all -= 1;
      if (own === 1) taken.delete(signInId);
      else taken.set(signInId, own - 1);
    },
  };
}
