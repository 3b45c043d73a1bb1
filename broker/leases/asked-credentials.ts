import type { Clock } from '../environment.ts';
import type { DesktopCredentials } from '../port.ts';

/**
 * Credentials that a person was asked for, until the relay takes them. They are in the memory of the process that took
 * the request and nowhere else: a claim that reaches another process finds none and is refused
 * `desktop-credentials-required`, so that the person is asked again.
 */
export type AskedCredentials = {
  keep(leaseId: string, credentials: DesktopCredentials, until: Date): void;
  get(leaseId: string): DesktopCredentials | undefined;
  forget(leaseId: string): void;
  /** Forgets those whose time is over. */
  tidy(): void;
};

export function createAskedCredentials({ clock }: { clock: Clock }): AskedCredentials {
  const kept = new Map<string, { readonly credentials: DesktopCredentials; readonly until: Date }>();
  return {
    keep(leaseId, credentials, until) {
      kept.set(leaseId, { credentials, until });
    },
    get(leaseId) {
      const found = kept.get(leaseId);
      return found !== undefined && found.until > clock.now() ? found.credentials : undefined;
    },
    forget(leaseId) {
      kept.delete(leaseId);
    },
    tidy() {
      const now = clock.now();
      for (const [leaseId, { until }] of kept) if (until <= now) kept.delete(leaseId);
    },
  };
}
