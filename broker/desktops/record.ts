import type { Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import type { DesktopListed, Protocol } from '../port.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Database } from '../store/index.ts';
import type { StoredCredentials } from './credentials.ts';

export type NewDesktop = {
  readonly organisationId: string;
  readonly name: string;
  readonly protocol: Protocol;
  /** Host name or address, never with a port. */
  readonly host: string;
  readonly port: number;
  /** Seats that a session on it takes, 1 to 100. */
  readonly weight?: number;
  /** One person's at a time, or several people's with an own OS log-in each; `exclusive` unless said otherwise. */
  readonly kind?: DesktopListed['kind'];
  /** At once: 1 for an exclusive one, up to 500 otherwise. */
  readonly sessions?: number;
  readonly poolId?: string;
  /** What is stored for it, or `ask`: the person is asked right before connecting. */
  readonly credentials: StoredCredentials | 'ask';
  readonly parameters?: Readonly<Record<string, string>>;
  /** Connect whatever certificate the desktop shows. Put on record. */
  readonly acceptAnyCertificate?: boolean;
};

/** A desktop as an administrator sees it. Credentials are never among it. */
export type DesktopRecord = {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly status: 'active' | 'disabled';
  readonly weight: number;
  readonly kind: DesktopListed['kind'];
  readonly sessions: number;
  /** Its name. */
  readonly pool: string | null;
  readonly credentials: 'stored' | 'ask';
  readonly parameters: Readonly<Record<string, string>>;
  readonly assignedTo: readonly string[];
};

export type DesktopsAdminDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly secretBox: SecretBox;
  readonly endLeasesOf: EndLeasesOf;
};

/** Of one organisation. */
export type OfDesktop = { readonly organisationId: string; readonly desktopId: string };
export type OfPool = { readonly organisationId: string; readonly poolId: string };
