export type Quality = 'good' | 'fair' | 'poor' | 'lost';

/** Above these medians (milliseconds) typing is felt to lag, and then to be hard. */
const fairFrom = 100;
const poorFrom = 250;
const remembered = 5;

export type RoundTrips = { readonly recent: readonly number[]; readonly lost: boolean };
export const noRoundTrips: RoundTrips = { recent: [], lost: false };

/** Adds a measured round trip in milliseconds; the last few count. */
export function measured({ recent }: RoundTrips, milliseconds: number): RoundTrips {
  return { recent: [...recent, milliseconds].slice(-remembered), lost: false };
}

/** The median of the last round trips in milliseconds, or null before the first. */
export function typicalRoundTrip({ recent }: RoundTrips): number | null {
  const sorted = recent.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** What to tell a person about the line; null before anything is known. */
export function qualityOf(trips: RoundTrips): Quality | null {
  if (trips.lost) return 'lost';
  const typical = typicalRoundTrip(trips);
  if (typical === null) return null;
  if (typical >= poorFrom) return 'poor';
  return typical >= fairFrom ? 'fair' : 'good';
}
