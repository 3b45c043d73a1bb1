import { authorise } from '../authorization/index.ts';
import type { By } from '../leases/index.ts';
import { holdReach } from '../people/right.ts';
import { Refusal, type DesktopAdministration, type RequestOrigin, type SignedIn } from '../port.ts';
import { assertId } from '../identity/refusals.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { addDesktop } from './add.ts';
import { assignDesktop, disableDesktop, enableDesktop, setPool, unassignDesktop } from './changes.ts';
import { invalidFields } from './invalid.ts';
import { listDesktops, readDesktop } from './list.ts';
import { addPool, assignPool, changePool, unassignPool } from './pool-changes.ts';
import { readPools } from './pool-list.ts';
import type { Reachability } from './reachability.ts';
import type { DesktopsAdminDeps } from './record.ts';
import { endResidual } from './residual.ts';

/** What an administrator says for the record, in characters. */
const LONGEST_REASON = 500;

export type DesktopAdministrationDeps = DesktopsAdminDeps & { readonly reachability: Reachability };

/** Desktops and pools belong to the organisation as a whole: a role for a single unit does not reach them. */
export function createDesktopAdministration(deps: DesktopAdministrationDeps): DesktopAdministration {
  const { database, reachability } = deps;
  const view = ({ organisationId, grants }: SignedIn) => {
    if (authorise({ organisationId, grants }, 'desktops.view').units !== 'all') throw new Refusal('forbidden');
    return organisationId;
  };
  /** A change by somebody who may make it while it is made, then what became of it. */
  const changing = <Result>({ person, origin }: Asking, ids: readonly string[], work: (transaction: Transaction, organisationId: string, by: By) => Promise<Result>) =>
    inTransaction(database, async (transaction) => {
      const { organisationId } = await holdReach(transaction, person, 'desktops.manage');
      ids.forEach(assertId);
      return work(transaction, organisationId, { kind: 'person', personId: person.personId, signInId: person.signInId, address: origin.address });
    });
  const changingDesktop = (asking: Asking & { desktopId: string }, ids: readonly string[], work: Parameters<typeof changing<void>>[2]) =>
    changing(asking, [asking.desktopId, ...ids], async (transaction, organisationId, by) => {
      await work(transaction, organisationId, by);
      return readDesktop(transaction, { organisationId, desktopId: asking.desktopId });
    });
  const changingPool = (asking: Asking & { poolId: string }, ids: readonly string[], work: Parameters<typeof changing<void>>[2]) =>
    changing(asking, [asking.poolId, ...ids], async (transaction, organisationId, by) => {
      await work(transaction, organisationId, by);
      return onePool(transaction, organisationId, asking.poolId);
    });

  return {
    list: async ({ person, ...filter }) => listDesktops(database, view(person), filter),
    async get({ person, desktopId }) {
      const organisationId = view(person);
      assertId(desktopId);
      return readDesktop(database, { organisationId, desktopId });
    },
    add: ({ person, origin, ...desktop }) =>
      changing({ person, origin }, desktop.poolId === undefined ? [] : [desktop.poolId], async (transaction, organisationId, by) => {
        const { id } = await addDesktop(transaction, deps, { organisationId, ...desktop }, by);
        return readDesktop(transaction, { organisationId, desktopId: id });
      }),
    disable: (asking) => changingDesktop(asking, [], (transaction, organisationId, by) => disableDesktop(transaction, deps, { organisationId, desktopId: asking.desktopId }, by)),
    enable: (asking) => changingDesktop(asking, [], (transaction, organisationId, by) => enableDesktop(transaction, deps, { organisationId, desktopId: asking.desktopId }, by)),
    assign({ desktopId, personId, ...asking }) {
      return changingDesktop({ ...asking, desktopId }, [personId], (transaction, organisationId, by) => assignDesktop(transaction, deps, { organisationId, desktopId, personId }, by));
    },
    unassign({ desktopId, personId, ...asking }) {
      return changingDesktop({ ...asking, desktopId }, [personId], (transaction, organisationId, by) => unassignDesktop(transaction, deps, { organisationId, desktopId, personId }, by));
    },
    setPool({ desktopId, poolId, ...asking }) {
      return changingDesktop({ ...asking, desktopId }, poolId === null ? [] : [poolId], (transaction, organisationId, by) => setPool(transaction, deps, { organisationId, desktopId, poolId }, by));
    },
    endResidual({ desktopId, residualId, reason, ...asking }) {
      return changingDesktop({ ...asking, desktopId }, [residualId], async (transaction, organisationId, by) =>
        endResidual(transaction, deps, { organisationId, desktopId, residualId, reason: readReason(reason) }, by),
      );
    },
    async probe({ person, desktopId }) {
      const organisationId = view(person);
      assertId(desktopId);
      const { host, port } = await readDesktop(database, { organisationId, desktopId });
      const { reachable, at } = await reachability.measure({ host, port }, { anew: true });
      return { reachable, checkedAt: at };
    },
    pools: async ({ person }) => readPools(database, view(person)),
    addPool: ({ person, origin, ...pool }) =>
      changing({ person, origin }, [], async (transaction, organisationId, by) => onePool(transaction, organisationId, await addPool(transaction, deps, organisationId, pool, by))),
    changePool({ person, origin, poolId, ...change }) {
      return changingPool({ person, origin, poolId }, [], (transaction, organisationId, by) => changePool(transaction, deps, { organisationId, poolId }, change, by));
    },
    assignPool({ poolId, personId, unitId, ...asking }) {
      return changingPool({ ...asking, poolId }, given(personId, unitId), (transaction, organisationId, by) => assignPool(transaction, deps, { organisationId, poolId }, { personId, unitId }, by));
    },
    unassignPool({ poolId, personId, unitId, ...asking }) {
      return changingPool({ ...asking, poolId }, given(personId, unitId), (transaction, organisationId, by) => unassignPool(transaction, deps, { organisationId, poolId }, { personId, unitId }, by));
    },
  };
}

type Asking = { readonly person: SignedIn; readonly origin: RequestOrigin };

const given = (...ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);

async function onePool(transaction: Transaction, organisationId: string, poolId: string) {
  const [pool] = await readPools(transaction, organisationId, poolId);
  if (pool === undefined) throw new Refusal('not-found');
  return pool;
}

function readReason(reason: string): string {
  const text = reason.trim();
  if (text === '' || text.length > LONGEST_REASON || /\p{Cc}/u.test(text)) throw invalidFields([{ path: ['reason'], message: `1 to ${LONGEST_REASON} characters` }]);
  return text;
}
