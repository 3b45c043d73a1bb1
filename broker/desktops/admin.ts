import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { events, type Actor, type Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import { Refusal, type Protocol } from '../port.ts';
import type { SecretBox } from '../secret-box.ts';
import { inTransaction, type Database, type Transaction } from '../store/index.ts';
import { readCredentials, sealCredentials, type StoredCredentials } from './credentials.ts';
import { invalidFields } from './invalid.ts';
import { readParameters } from './parameters.ts';

export type DesktopsAdminDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly secretBox: SecretBox;
  readonly endLeasesOf: EndLeasesOf;
};

export type NewDesktop = {
  readonly organisationId: string;
  readonly name: string;
  readonly protocol: Protocol;
  /** Host name or address, never with a port. */
  readonly host: string;
  readonly port: number;
  /** Seats that a session on it takes, 1 to 100. */
  readonly weight?: number;
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
  readonly credentials: 'stored' | 'ask';
  readonly parameters: Readonly<Record<string, string>>;
  readonly assignedTo: readonly string[];
};

/** Each call is whole or not at all, and on the trail. `by` says who does it. Ids that are not there are refused `not-found`. */
export type DesktopsAdmin = {
  /** Throws `request-invalid`, and `conflict` where the name or the address is another desktop's. */
  add(desktop: NewDesktop, by: Actor): Promise<DesktopRecord>;
  list(organisationId: string): Promise<readonly DesktopRecord[]>;
  /** Ends the leases on it. */
  disable(of: { organisationId: string; desktopId: string }, by: Actor): Promise<void>;
  enable(of: { organisationId: string; desktopId: string }, by: Actor): Promise<void>;
  assign(of: { organisationId: string; desktopId: string; personId: string }, by: Actor): Promise<void>;
  /** Ends the person's leases on it. */
  unassign(of: { organisationId: string; desktopId: string; personId: string }, by: Actor): Promise<void>;
};

export function createDesktopsAdmin(deps: DesktopsAdminDeps): DesktopsAdmin {
  const { database, trail, clock, endLeasesOf } = deps;
  return {
    add: (desktop, by) => inTransaction(database, (transaction) => add(transaction, deps, desktop, by)),
    list: (organisationId) => read(database, organisationId),

    disable: ({ organisationId, desktopId }, by) =>
      inTransaction(database, async (transaction) => {
        if (!(await setStatus(transaction, organisationId, desktopId, 'disabled'))) return;
        await endLeasesOf(transaction, { desktopId }, 'desktop-disabled', by);
        await trail.append(transaction, events.desktopDisabled({ actor: by, organisationId, desktopId }));
      }),

    enable: ({ organisationId, desktopId }, by) =>
      inTransaction(database, async (transaction) => {
        if (!(await setStatus(transaction, organisationId, desktopId, 'active'))) return;
        await trail.append(transaction, events.desktopEnabled({ actor: by, organisationId, desktopId }));
      }),

    assign: ({ organisationId, desktopId, personId }, by) =>
      inTransaction(database, async (transaction) => {
        await mustExist(transaction, organisationId, desktopId, personId);
        const assignment = { organisation_id: organisationId, desktop_id: desktopId, person_id: personId, assigned_at: clock.now() };
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('desktop_assignment')
          .values(assignment)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 1n) await trail.append(transaction, events.desktopAssigned({ actor: by, organisationId, desktopId, personId }));
      }),

    unassign: ({ organisationId, desktopId, personId }, by) =>
      inTransaction(database, async (transaction) => {
        await mustExist(transaction, organisationId, desktopId, personId);
        const { numDeletedRows } = await transaction.deleteFrom('desktop_assignment').where('desktop_id', '=', desktopId).where('person_id', '=', personId).executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return;
        await endLeasesOf(transaction, { desktopId, personId }, 'desktop-not-assigned', by);
        await trail.append(transaction, events.desktopUnassigned({ actor: by, organisationId, desktopId, personId }));
      }),
  };
}

const Basics = z.strictObject({
  name: z.string().trim().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]+$/u, 'no control characters'),
  protocol: z.enum(['rdp', 'vnc'], 'rdp or vnc'),
  host: z.string().toLowerCase().max(253).refine((host) => isHostName(host), 'a host name or an address, without a port'),
  port: z.int('a port from 1 to 65535').min(1).max(65_535),
  weight: z.int().min(1).max(100).default(1),
});

function isHostName(host: string): boolean {
  return isIPv6(host) || /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?$/.test(host);
}

async function add(transaction: Transaction, { trail, clock, ids, secretBox }: DesktopsAdminDeps, desktop: NewDesktop, by: Actor): Promise<DesktopRecord> {
  const { organisationId, credentials, parameters: given = {}, acceptAnyCertificate = false, ...basics } = desktop;
  const checked = Basics.safeParse(basics);
  if (!checked.success) throw invalidFields(checked.error.issues);
  const { name, protocol, host, port, weight } = checked.data;
  const parameters = readParameters(protocol, given, acceptAnyCertificate);
  const stored = credentials === 'ask' ? undefined : readCredentials(protocol, credentials);

  const id = ids.uuid();
  const row = { id, organisation_id: organisationId, name, protocol, host, port, weight, status: 'active', created_at: clock.now(), parameters: JSON.stringify(parameters) } as const;
  const secret = stored === undefined ? ({ credentials: 'ask', sealed_credentials: null } as const) : ({ credentials: 'stored', sealed_credentials: sealCredentials(secretBox, id, stored) } as const);
  await transaction.insertInto('desktop').values({ ...row, ...secret }).execute().catch(refuseTaken);

  const about = { actor: by, organisationId, desktopId: id };
  await trail.append(
    transaction,
    events.desktopAdded({ ...about, name, protocol, host, port }),
    ...(stored === undefined ? [] : [events.desktopCredentialsStored({ ...about, keyId: secretBox.keyId })]),
    ...(acceptAnyCertificate ? [events.desktopCertificateAccepted({ ...about, accepted: 'any' })] : []),
    ...(parameters['cert-fingerprints'] === undefined ? [] : [events.desktopCertificateAccepted({ ...about, accepted: 'pinned', fingerprint: parameters['cert-fingerprints'] })]),
  );
  return { id, name, protocol, host, port, weight, status: 'active', credentials: secret.credentials, parameters, assignedTo: [] };
}

/** PostgreSQL's unique_violation and foreign_key_violation, by the constraint that was hurt. */
function refuseTaken(error: unknown): never {
  const { constraint } = error as { constraint?: string };
  if (constraint === 'desktop_organisation_id_name_key') throw new Refusal('conflict', { fields: [{ path: 'name', expected: 'a name that no other desktop of the organisation has' }] });
  if (constraint === 'desktop_host_port_key') throw new Refusal('conflict', { fields: [{ path: 'host', expected: 'an address that no other desktop has: two desktops there would show one person the screen of another' }] });
  if (constraint === 'desktop_organisation_id_fkey') throw new Refusal('not-found', { fields: [{ path: 'organisationId', expected: 'an organisation' }] });
  throw error;
}

/** False when it already was so. */
async function setStatus(transaction: Transaction, organisationId: string, desktopId: string, status: 'active' | 'disabled'): Promise<boolean> {
  const found = await transaction.selectFrom('desktop').where('id', '=', desktopId).where('organisation_id', '=', organisationId).select('status').forNoKeyUpdate().executeTakeFirst();
  if (found === undefined) throw new Refusal('not-found', { fields: [{ path: 'desktopId', expected: 'a desktop of the organisation' }] });
  if (found.status === status) return false;
  await transaction.updateTable('desktop').set({ status }).where('id', '=', desktopId).execute();
  return true;
}

async function mustExist(transaction: Transaction, organisationId: string, desktopId: string, personId: string): Promise<void> {
  const desktop = await transaction.selectFrom('desktop').where('id', '=', desktopId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
  const person = await transaction.selectFrom('person').where('id', '=', personId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
  const fields = [
    ...(desktop ? [] : [{ path: 'desktopId', expected: 'a desktop of the organisation' }]),
    ...(person ? [] : [{ path: 'personId', expected: 'a person of the organisation' }]),
  ];
  if (fields.length > 0) throw new Refusal('not-found', { fields });
}

async function read(database: Database, organisationId: string): Promise<DesktopRecord[]> {
  const rows = await database
    .selectFrom('desktop')
    .leftJoin('desktop_assignment', 'desktop_assignment.desktop_id', 'desktop.id')
    .leftJoin('person', 'person.id', 'desktop_assignment.person_id')
    .where('desktop.organisation_id', '=', organisationId)
    .select(['desktop.id', 'desktop.name', 'protocol', 'host', 'port', 'desktop.status', 'weight', 'credentials', 'parameters', 'person.username'])
    .orderBy('desktop.name')
    .orderBy('person.username')
    .execute();
  const records = new Map<string, DesktopRecord & { assignedTo: string[] }>();
  for (const { username, ...row } of rows) {
    const record = records.get(row.id) ?? { ...row, assignedTo: [] };
    if (username !== null) record.assignedTo.push(username);
    records.set(row.id, record);
  }
  return [...records.values()];
}
