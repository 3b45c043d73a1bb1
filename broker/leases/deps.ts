import type { Trail } from '../audit/index.ts';
import type { Clock, Ids, Log } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import type { DesktopCredentials, DeviceProof, SignedIn } from '../port.ts';
import type { Database, Transaction } from '../store/index.ts';
import type { AskedCredentials } from './asked-credentials.ts';
import type { Carried, Claiming, Unreleased } from './carried.ts';
import type { EndLeasesOf } from './ending.ts';

export type LeasesDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly policy: PolicySource;
  /** Opens what was stored for a desktop. */
  readonly openCredentials: (desktopId: string, sealed: Buffer) => Partial<DesktopCredentials>;
  /** Whether a proof of a registered device stands for the opening of this lease; it is used up. */
  readonly standsProof: (transaction: Transaction, proving: { readonly person: SignedIn; readonly proof: DeviceProof; readonly purpose: 'relay'; readonly leaseId: string; readonly now: Date }) => Promise<boolean>;
  readonly asked: AskedCredentials;
  readonly endLeasesOf: EndLeasesOf;
  readonly carried: Carried;
  readonly claiming: Claiming;
  readonly unreleased: Unreleased;
  /** Of this process, in gateway_process. */
  readonly gatewayId: string;
  readonly log: Log;
};

/** As the audit trail names a person. */
export const actorOf = ({ personId, signInId }: SignedIn) => ({ kind: 'person', personId, signInId }) as const;
