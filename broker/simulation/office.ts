import type { LevelInForce } from '../port.ts';
import { allocate, type SeatPolicy } from '../waiting/allocate.ts';
import type { Entry, Holder, SeatState } from '../waiting/entry.ts';
import type { Request } from './requests.ts';

/** What became of one request. Times in milliseconds since the onset. */
export type Lived = {
  readonly request: Request;
  /** First let in. */
  admittedAt: number | undefined;
  /** Waited in all, displacement included. */
  waited: number;
  /** How often the seat was given on, and for how long until it came back. */
  displaced: number;
  displacedFor: number;
  outcome: 'done' | 'working' | 'waiting' | 'gave-up' | 'not-yet';
};

export type Sitting = { readonly lived: Lived; readonly holder: Holder; readonly endsAt: number; readonly yieldsAt: number | undefined };
export type Standing = { readonly lived: Lived; readonly entry: Entry; readonly since: number; readonly left: number; readonly displaced: boolean };
/** One session that yields or has yielded its seat. */
export type Yielding = { readonly id: string; readonly leaseId: string; readonly waitingId: string; readonly lived: Lived; readonly needing: Lived; readonly noticedAt: number; readonly endsAt: number; outcome: 'running' | 'yielded' | 'withdrawn' | 'ended-otherwise' };

/**
 * An office that is not there: people at desktops and in the queue, on a clock that is handed in. Seats are given out, and taken, by the very
 * function that does it live. Everybody sits at an own desktop, looks at the waiting room all the time, and sits down at once.
 */
export type ShadowOffice = {
  ask(lived: Lived, at: number): void;
  /** From the seat or from the queue, whichever it is. */
  leave(lived: Lived, at: number): void;
  /** What has become due at this moment: ends, leaves, gives out. Moments only go on. */
  step(at: number, level: LevelInForce): void;
  readonly sitting: readonly Sitting[];
  readonly standing: readonly Standing[];
  readonly yielding: readonly Yielding[];
  /** Weight of all who sit. */
  taken(): number;
  /** As the rules of seats see it. */
  state(level: LevelInForce): SeatState;
};

/** @param onset the moment 0, as a time */
export function createOffice(policy: SeatPolicy, organisations: readonly string[], onset: number): ShadowOffice {
  let sitting: Sitting[] = [];
  let standing: Standing[] = [];
  const yielding: Yielding[] = [];
  const running = new Map<string, Yielding>();
  let names = 0;

  const name = (kind: string) => `${kind}${(names += 1)}`;
  const close = (leaseId: string, outcome: Yielding['outcome']) => {
    const found = running.get(leaseId);
    if (found === undefined) return;
    found.outcome = outcome;
    running.delete(leaseId);
  };
  const stand = (lived: Lived, at: number, left: number, displaced: boolean) => {
    lived.outcome = 'waiting';
    standing.push({ lived, entry: entryOf(lived.request, name('w'), new Date(onset + at), displaced), since: at, left, displaced });
  };
  const state = (level: LevelInForce): SeatState => ({ holders: sitting.map(({ holder }) => holder), waiting: standing.map(({ entry }) => entry), levels: new Map(organisations.map((organisation) => [organisation, level])), ...OWN_DESKTOPS });

  const endWhatIsOver = (at: number) => {
    const leaving = sitting.filter(({ endsAt, yieldsAt }) => endsAt <= at || (yieldsAt !== undefined && yieldsAt <= at));
    const gone = standing.filter(({ lived, since }) => lived.request.patience !== undefined && lived.admittedAt === undefined && at > since && at - since >= lived.request.patience);
    for (const { lived, since } of gone) [lived.outcome, lived.waited] = ['gave-up', lived.waited + at - since];
    if (gone.length > 0) standing = standing.filter((one) => !gone.includes(one));
    if (leaving.length > 0) sitting = sitting.filter((one) => !leaving.includes(one));
    const yielded = new Set(leaving.flatMap(({ holder: { yieldsTo }, endsAt }) => (endsAt > at && yieldsTo !== undefined ? [yieldsTo] : [])));
    if (yielded.size > 0) standing = standing.map((one) => (yielded.has(one.entry.id) ? { ...one, entry: { ...one.entry, promised: true } } : one));
    for (const { lived, endsAt, holder } of leaving) {
      close(holder.leaseId, endsAt <= at ? 'ended-otherwise' : 'yielded');
      if (endsAt <= at) {
        lived.outcome = 'done';
        continue;
      }
      // Disconnected and not logged off: the rest of the work is done after the return.
      lived.displaced += 1;
      stand(lived, at, endsAt - at, true);
    }
  };
  const giveOut = (at: number, level: LevelInForce) => {
    const now = new Date(onset + at);
    const { grants, notices, passed, kept } = allocate(state(level), policy, now);
    const granted = new Map(grants.map((grant) => [grant.entry.id, grant]));
    const needing = new Map(standing.map(({ entry, lived }) => [entry.id, lived]));
    for (const one of standing) {
      const grant = granted.get(one.entry.id);
      if (grant === undefined) continue;
      const { lived } = one;
      lived.admittedAt ??= at;
      lived.outcome = 'working';
      lived.waited += at - one.since;
      if (one.displaced) lived.displacedFor += at - one.since;
      sitting.push({ lived, holder: holderOf(lived.request, name('l'), now, grant.surplus), endsAt: at + one.left, yieldsAt: undefined });
    }
    standing = standing.filter(({ entry }) => !granted.has(entry.id));
    for (const { leaseId } of kept) close(leaseId, 'withdrawn');
    const staying = new Set(kept.map(({ leaseId }) => leaseId));
    const noticed = new Map(notices.map((notice) => [notice.holder.leaseId, notice]));
    const passedTo = new Map(passed.map(({ holder, entry }) => [holder.leaseId, entry.id]));
    const yieldTo = (one: Sitting, waitingId: string, noticedAt: number, endsAt: number): Sitting => {
      const { leaseId } = one.holder;
      close(leaseId, 'withdrawn');
      const opened: Yielding = { id: name('y'), leaseId, waitingId, lived: one.lived, needing: needing.get(waitingId)!, noticedAt, endsAt, outcome: 'running' };
      yielding.push(opened);
      running.set(leaseId, opened);
      return { ...one, holder: { ...one.holder, yieldsTo: waitingId }, yieldsAt: endsAt };
    };
    sitting = sitting.map((one) => {
      const { leaseId } = one.holder;
      const notice = noticed.get(leaseId);
      if (notice !== undefined) return yieldTo(one, notice.entry.id, at, at + notice.grace * 1000);
      // Passed on to another place, to the same moment.
      const [next, before] = [passedTo.get(leaseId), running.get(leaseId)];
      if (next !== undefined && before !== undefined) return yieldTo(one, next, before.noticedAt, before.endsAt);
      return staying.has(leaseId) ? { ...one, holder: { ...one.holder, yieldsTo: undefined }, yieldsAt: undefined } : one;
    });
  };
  return {
    ask: (lived, at) => stand(lived, at, lived.request.stays, false),
    leave(lived, at) {
      for (const { holder } of sitting.filter((one) => one.lived === lived)) close(holder.leaseId, 'ended-otherwise');
      const waited = standing.find((one) => one.lived === lived);
      if (waited !== undefined) lived.waited += at - waited.since;
      lived.outcome = waited === undefined || lived.admittedAt !== undefined ? 'done' : 'gave-up';
      sitting = sitting.filter((one) => one.lived !== lived);
      standing = standing.filter((one) => one.lived !== lived);
    },
    step(at, level) {
      endWhatIsOver(at);
      if (standing.length > 0 || running.size > 0) giveOut(at, level);
    },
    get sitting() {
      return sitting;
    },
    get standing() {
      return standing;
    },
    yielding,
    taken: () => sitting.reduce((sum, { holder }) => sum + holder.weight, 0),
    state,
  };
}

const OWN_DESKTOPS = { poolSeats: new Map<string, number>(), poolRoom: new Map<string, number>(), desktopRoom: new Map<string, number>() };

const common = ({ id, path, class: priorityClass, weight }: Request) => ({ personId: id, organisationId: path[0] ?? '', path, class: priorityClass, weight, desktopId: id, poolId: undefined });

function entryOf(request: Request, id: string, now: Date, returning: boolean): Entry {
  return { ...common(request), id, targetSeconds: request.targetSeconds, arrivedAt: now, returning, promised: false, present: true, own: returning };
}

function holderOf(request: Request, leaseId: string, now: Date, surplus: boolean): Holder {
  return { ...common(request), leaseId, seatedAt: now, idleSince: now, surplus, yieldsTo: undefined, closing: false };
}
