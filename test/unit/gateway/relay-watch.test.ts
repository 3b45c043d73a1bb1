import { jest } from '@jest/globals';
import { Refusal, type ClaimedLease, type SignedIn } from '../../../broker/port.ts';
import { watchRelay } from '../../../gateway/http/relay-watch.ts';

const MINUTE = 60_000;
const START = new Date('2026-04-01T00:00:00Z');
const inMinutes = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

function watch({ leaseEnds = 480, signInEnds = 720, resolve = async () => ({}) as SignedIn, peek = async (): Promise<SignedIn | undefined> => undefined } = {}) {
  const seen = { ended: [] as string[], resolved: 0, warned: 0, told: [] as { leaseId: string; relayId: string; at: Date }[], inputAt: undefined as Date | undefined };
  const nothing = () => undefined;
  const stop = watchRelay(
    {
      signIns: { resolve: (token) => (expect(token).toBe('token'), (seen.resolved += 1), resolve()), peek },
      leases: { active: async (inputs) => void seen.told.push(...inputs) },
      relay: { live: () => [{ leaseId: 'lease', since: START, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {}, ...(seen.inputAt && { lastInputAt: seen.inputAt }) }] },
      clock: { now: () => new Date() },
      log: { info: nothing, warn: () => (seen.warned += 1), error: nothing },
      endRelay: (code) => seen.ended.push(code),
    },
    { lease: { leaseId: 'lease', relayId: 'relay', expiresAt: inMinutes(leaseEnds) } as ClaimedLease, person: { expiresAt: inMinutes(signInEnds) } as SignedIn, token: 'token' },
  ).stop;
  return { seen, stop };
}

describe('a relay', () => {
  it('ends with its lease', () => {
    const { seen } = watch({ leaseEnds: 30, signInEnds: 60 });
    jest.advanceTimersByTime(30 * MINUTE - 1);
    expect(seen.ended).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(seen.ended).toEqual(['lease-expired']);
  });

  it('ends with its sign-in where that is sooner', async () => {
    const { seen } = watch({ leaseEnds: 60, signInEnds: 30 });
    await jest.advanceTimersByTimeAsync(30 * MINUTE);
    expect(seen.ended).toEqual(['sign-in-required']);
  });

  it('goes on where its sign-in was lengthened meanwhile, until that end or the lease’s', async () => {
    const { seen } = watch({ leaseEnds: 60, signInEnds: 30, peek: async () => ({ expiresAt: inMinutes(45) }) as SignedIn });
    await jest.advanceTimersByTimeAsync(45 * MINUTE - 1);
    expect(seen.ended).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(seen.ended).toEqual(['sign-in-required']);
    const other = watch({ leaseEnds: 60, signInEnds: 50, peek: async () => ({ expiresAt: inMinutes(900) }) as SignedIn });
    await jest.advanceTimersByTimeAsync(60 * MINUTE);
    expect(other.seen.ended).toEqual(['lease-expired']);
  });

  it('ends where its sign-in cannot be asked for at its end', async () => {
    const { seen } = watch({ leaseEnds: 60, signInEnds: 30, peek: () => Promise.reject(new Error('connection refused')) });
    await jest.advanceTimersByTimeAsync(30 * MINUTE);
    expect(seen.ended).toEqual(['sign-in-required']);
  });

  it('keeps its sign-in in use while somebody types or points, and lets it go idle when nobody does', async () => {
    const { seen } = watch();
    seen.inputAt = START;
    await jest.advanceTimersByTimeAsync(5 * MINUTE);
    expect(seen.resolved).toBe(1);
    seen.inputAt = inMinutes(5);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(seen.resolved).toBe(2);
    expect(seen.ended).toEqual([]);
  });

  it('ends when its sign-in turns out to be over', async () => {
    const { seen } = watch({ resolve: () => Promise.reject(new Refusal('sign-in-required')) });
    seen.inputAt = START;
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(seen.ended).toEqual(['sign-in-required']);
  });

  it('outlives a database that does not answer for a moment', async () => {
    const { seen } = watch({ resolve: () => Promise.reject(new Error('connection refused')) });
    seen.inputAt = START;
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(seen).toMatchObject({ ended: [], warned: 1 });
  });

  it('is watched no longer once it is over', async () => {
    const { seen, stop } = watch({ leaseEnds: 30 });
    stop();
    seen.inputAt = START;
    await jest.advanceTimersByTimeAsync(60 * MINUTE);
    expect(seen).toMatchObject({ ended: [], resolved: 0 });
    expect(jest.getTimerCount()).toBe(0);
  });
});
