import type { By } from '../leases/index.ts';
import type { NewPool, PoolListed } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { addDesktop } from './add.ts';
import { assignDesktop, disableDesktop, enableDesktop, setPool, unassignDesktop } from './changes.ts';
import { addPool, assignPool, changePool, unassignPool, type PoolAssignee, type PoolChange } from './pool-changes.ts';
import { readPools } from './pool-list.ts';
import type { DesktopRecord, DesktopsAdminDeps, NewDesktop, OfDesktop, OfPool } from './record.ts';
import { endResidual, readResidual, reportCleaned } from './residual.ts';
import { readDesktops } from './store.ts';

/** Each call is whole or not at all, and on the trail. `by` says who does it. Ids that are not there are refused `not-found`. */
export type DesktopsAdmin = {
  /** Throws `request-invalid`, `pool-unsuitable`, and `conflict` where the name or the address is another desktop's. */
  add(desktop: NewDesktop, by: By): Promise<DesktopRecord>;
  list(organisationId: string): Promise<readonly DesktopRecord[]>;
  /** Ends the leases on it. */
  disable(of: OfDesktop, by: By): Promise<void>;
  enable(of: OfDesktop, by: By): Promise<void>;
  assign(of: OfDesktop & { personId: string }, by: By): Promise<void>;
  /** Ends the person's leases on it, unless a pool gives it to them. */
  unassign(of: OfDesktop & { personId: string }, by: By): Promise<void>;
  /** Throws `conflict` while somebody's session is open or lives on there, `pool-unsuitable`. */
  setPool(of: OfDesktop & { poolId: string | null }, by: By): Promise<void>;
  /** OS sessions that live on. */
  residual(of: { organisationId: string; desktopId?: string }): ReturnType<typeof readResidual>;
  /** @returns how many sessions had lived on. Throws `conflict` where those who own them are connected. */
  cleaned(of: OfDesktop, by: By): Promise<number>;
  endResidual(of: OfDesktop & { residualId: string; reason: string }, by: By): Promise<void>;
  pools(organisationId: string): Promise<readonly PoolListed[]>;
  /** @returns its id */
  addPool(organisationId: string, pool: NewPool, by: By): Promise<string>;
  changePool(of: OfPool, change: PoolChange, by: By): Promise<void>;
  assignPool(of: OfPool, to: PoolAssignee, by: By): Promise<void>;
  unassignPool(of: OfPool, from: PoolAssignee, by: By): Promise<void>;
};

export function createDesktopsAdmin(deps: DesktopsAdminDeps): DesktopsAdmin {
  const { database } = deps;
  return {
    add: (desktop, by) => inTransaction(database, (transaction) => addDesktop(transaction, deps, desktop, by)),
    list: (organisationId) => readDesktops(database, organisationId),
    disable: (of, by) => inTransaction(database, (transaction) => disableDesktop(transaction, deps, of, by)),
    enable: (of, by) => inTransaction(database, (transaction) => enableDesktop(transaction, deps, of, by)),
    assign: (of, by) => inTransaction(database, (transaction) => assignDesktop(transaction, deps, of, by)),
    unassign: (of, by) => inTransaction(database, (transaction) => unassignDesktop(transaction, deps, of, by)),
    setPool: (of, by) => inTransaction(database, (transaction) => setPool(transaction, deps, of, by)),
    residual: (of) => readResidual(database, of),
    cleaned: (of, by) => inTransaction(database, (transaction) => reportCleaned(transaction, deps, of, by)),
    endResidual: (of, by) => inTransaction(database, (transaction) => endResidual(transaction, deps, of, by)),
    pools: (organisationId) => readPools(database, organisationId),
    addPool: (organisationId, pool, by) => inTransaction(database, (transaction) => addPool(transaction, deps, organisationId, pool, by)),
    changePool: (of, change, by) => inTransaction(database, (transaction) => changePool(transaction, deps, of, change, by)),
    assignPool: (of, to, by) => inTransaction(database, (transaction) => assignPool(transaction, deps, of, to, by)),
    unassignPool: (of, from, by) => inTransaction(database, (transaction) => unassignPool(transaction, deps, of, from, by)),
  };
}
