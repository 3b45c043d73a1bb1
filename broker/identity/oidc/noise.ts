import { events, type Trail } from '../../audit/index.ts';
import type { Clock, Ids } from '../../environment.ts';
import { inTransaction, sql, type Database } from '../../store/index.ts';
import type { Place } from '../origin.ts';

/** More than a minute, so that a gateway whose clock is a little behind is still waited for. */
const MINUTE_IS_OVER = 90_000;
const AT_ONCE = 2_000;

type Noise = { readonly provider: string; readonly why: string; readonly place: Place };

/** Counts a refused answer that anybody could have caused. */
export async function countNoise(database: Database, { clock, ids }: { clock: Clock; ids: Ids }, { provider, why, place }: Noise): Promise<void> {
  await sql`
    insert into provider_noise as known (id, network, minute, provider_id, why, address, count)
    values (${ids.uuid()}, ${place.network}, date_trunc('minute', ${clock.now()}::timestamptz), ${provider}, ${why}, ${place.address}, 1)
    on conflict (network, minute, provider_id, why) do update set count = known.count + 1`.execute(database);
}

/** One event a network and minute, when the minute is over; whichever process does it, once. */
export async function tellNoise({ database, trail, now }: { database: Database; trail: Trail; now: Date }): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const over = transaction.selectFrom('provider_noise').where('minute', '<', new Date(now.getTime() - MINUTE_IS_OVER)).select('id').orderBy('minute').orderBy('network').limit(AT_ONCE).forUpdate().skipLocked();
    const rows = await transaction.deleteFrom('provider_noise').where('id', 'in', over).returning(['network', 'minute', 'provider_id as provider', 'why', 'address', 'count']).execute();
    const groups = Map.groupBy(rows, ({ network, minute }) => `${network} ${minute.getTime()}`);
    const told = [...groups.values()].map((group) => {
      const [most] = group.toSorted((one, other) => other.count - one.count);
      const byWhy = Object.fromEntries([...Map.groupBy(group, ({ why }) => why)].map(([why, ones]) => [why, ones.reduce((sum, { count }) => sum + count, 0)]));
      return events.providerSignInRefused({ actor: { kind: 'person' }, address: most!.address, provider: most!.provider, why: most!.why, count: group.reduce((sum, { count }) => sum + count, 0), byWhy });
    });
    if (told.length > 0) await trail.append(transaction, ...told);
  });
}
