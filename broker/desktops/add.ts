import { z } from 'zod';
import { events } from '../audit/index.ts';
import type { By } from '../leases/index.ts';
import { Refusal } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { circumstances } from './by.ts';
import { readCredentials, sealCredentials } from './credentials.ts';
import { canonicalHost } from './host.ts';
import { invalidFields } from './invalid.ts';
import { readParameters } from './parameters.ts';
import { findPool, mustFitPool } from './pool-store.ts';
import type { DesktopRecord, DesktopsAdminDeps, NewDesktop } from './record.ts';

/** Throws as `DesktopsAdmin.add` says. */
export async function addDesktop(transaction: Transaction, { trail, clock, ids, secretBox }: Omit<DesktopsAdminDeps, 'database' | 'endLeasesOf'>, desktop: NewDesktop, by: By): Promise<DesktopRecord> {
  const { organisationId, poolId, credentials, parameters: given = {}, acceptAnyCertificate = false, ...basics } = desktop;
  const checked = Basics.safeParse(basics);
  if (!checked.success) throw invalidFields(checked.error.issues);
  const { name, protocol, host, port, weight, kind, sessions } = checked.data;
  mustBeOfItsKind({ protocol, kind, sessions, asks: credentials === 'ask' });
  const parameters = readParameters(protocol, given, acceptAnyCertificate);
  const stored = credentials === 'ask' ? undefined : readCredentials(protocol, credentials);
  const pool = poolId === undefined ? undefined : await findPool(transaction, { organisationId, poolId });
  if (pool) mustFitPool(pool, stored === undefined ? 'ask' : 'stored');

  const id = ids.uuid();
  const row = { id, organisation_id: organisationId, name, protocol, host, port, weight, kind, sessions, pool_id: pool?.id ?? null, status: 'active', created_at: clock.now(), parameters: JSON.stringify(parameters) } as const;
  const secret = stored === undefined ? ({ credentials: 'ask', sealed_credentials: null } as const) : ({ credentials: 'stored', sealed_credentials: sealCredentials(secretBox, id, stored) } as const);
  await transaction.insertInto('desktop').values({ ...row, ...secret }).execute().catch(refuseTaken);

  const about = { ...circumstances(by, organisationId), desktopId: id };
  await trail.append(
    transaction,
    events.desktopAdded({ ...about, name, protocol, host, port, kind, sessions }),
    ...(stored === undefined ? [] : [events.desktopCredentialsStored({ ...about, keyId: secretBox.keyId })]),
    ...(acceptAnyCertificate ? [events.desktopCertificateAccepted({ ...about, accepted: 'any' })] : []),
    ...(parameters['cert-fingerprints'] === undefined ? [] : [events.desktopCertificateAccepted({ ...about, accepted: 'pinned', fingerprint: parameters['cert-fingerprints'] })]),
    ...(pool === undefined ? [] : [events.desktopPooled({ ...about, poolId: pool.id, from: null })]),
  );
  return { id, name, protocol, host, port, weight, kind, sessions, pool: pool?.name ?? null, status: 'active', credentials: secret.credentials, parameters, assignedTo: [] };
}

const Basics = z
  .strictObject({
    name: z.string().trim().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'no control characters'),
    protocol: z.enum(['rdp', 'vnc'], 'rdp or vnc'),
    host: z.string().max(254).refine((host) => canonicalHost(host) !== undefined, 'a host name or an address, without a port').transform((host) => canonicalHost(host) ?? host),
    port: z.int('a port from 1 to 65535').min(1).max(65_535),
    weight: z.int().min(1).max(100).default(1),
    kind: z.enum(['exclusive', 'multi-session'], 'exclusive or multi-session').default('exclusive'),
    sessions: z.int().min(1).max(500).default(1),
  });

/** A screen that several people would share is not let in; the database refuses it as well. */
function mustBeOfItsKind({ protocol, kind, sessions, asks }: { protocol: 'rdp' | 'vnc'; kind: 'exclusive' | 'multi-session'; sessions: number; asks: boolean }): void {
  if (kind === 'exclusive') {
    if (sessions !== 1) throw invalidFields([{ path: ['sessions'], message: 'an exclusive desktop has one session' }]);
    return;
  }
  if (protocol === 'vnc') throw invalidFields([{ path: ['kind'], message: 'a VNC desktop shows one screen to everybody: it is exclusive' }]);
  if (!asks) throw invalidFields([{ path: ['credentials'], message: 'a desktop of several sessions asks everybody for their own log-in' }]);
}

/** PostgreSQL's unique_violation and foreign_key_violation, by the constraint that was hurt. */
function refuseTaken(error: unknown): never {
  const { constraint } = error as { constraint?: string };
  if (constraint === 'desktop_organisation_id_name_key') throw new Refusal('conflict', { fields: [{ path: 'name', expected: 'a name that no other desktop of the organisation has' }] });
  if (constraint === 'desktop_host_port_key') throw new Refusal('conflict', { fields: [{ path: 'host', expected: 'an address that no other desktop has: two desktops there would show one person the screen of another' }] });
  if (constraint === 'desktop_organisation_id_fkey') throw new Refusal('not-found', { fields: [{ path: 'organisationId', expected: 'an organisation' }] });
  throw error;
}
