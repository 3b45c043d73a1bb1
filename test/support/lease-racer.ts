/**
 * One of several processes that ask for leases at the same instant. Standard input: {@link Race} as JSON. When it is
 * ready it writes `ready`, starts at the next line of input, and writes what each request came to as a JSON array.
 */
import { createInterface } from 'node:readline';
import { openDatabase } from '../../broker/store/index.ts';
import { systemClock } from '../../broker/environment.ts';
import { Refusal, type SignedIn } from '../../broker/port.ts';
import type { Policy } from '../../broker/policy/index.ts';
import { createOffice, originAt } from './office.ts';

export type Race = {
  readonly connectionString: string;
  readonly policy: Policy;
  readonly requests: readonly ({ readonly person: SignedIn; readonly dutyId: string; readonly changeDuty?: boolean } & ({ readonly desktopId: string } | { readonly poolId: string }))[];
};
/** The id of a lease, or the reasons against it. */
export type Outcome = { readonly lease: string } | { readonly reasons: readonly string[] };

if (import.meta.main) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const { connectionString, policy, requests } = JSON.parse(await next()) as Race;
  const database = openDatabase({ connectionString, onIdleError: () => undefined });
  const { leases } = createOffice({ database, clock: systemClock, policy: () => policy });
  await database.selectFrom('lease').select('id').limit(1).execute();
  process.stdout.write('ready\n');
  await next();
  const outcomes = await Promise.all(
    requests.map(async (request): Promise<Outcome> => {
      try {
        return { lease: (await leases.request({ ...request, origin: originAt('office'), credentials: { username: 'u', password: 'p' } })).id };
      } catch (error) {
        return { reasons: error instanceof Refusal ? (error.details.reasons ?? [error.code]) : [String(error)] };
      }
    }),
  );
  process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  await database.destroy();
  process.stdin.destroy();
}
