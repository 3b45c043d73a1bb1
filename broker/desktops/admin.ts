import { events, type Actor } from '../audit/index.ts';
import { inTransaction } from '../store/index.ts';
import { addDesktop } from './add.ts';
import type { DesktopRecord, DesktopsAdminDeps, NewDesktop } from './record.ts';
import { mustExist, readDesktops, setStatus } from './store.ts';

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
    add: (desktop, by) => inTransaction(database, (transaction) => addDesktop(transaction, deps, desktop, by)),
    list: (organisationId) => readDesktops(database, organisationId),

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
