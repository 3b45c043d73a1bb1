import { sql, type Transaction } from '../store/index.ts';
import type { Facts } from './facts.ts';

type Asked = { readonly personId: string; readonly signInId: string; readonly dutyId: string };

/** What the facts have from how and where the person signed in. */
export type SignInFacts = Pick<Facts, 'bypass' | 'device'>;

/** @param desktopId that was asked for or found; sessions for other duties would end and do not count */
export async function readSignInFacts(transaction: Transaction, { personId, signInId, dutyId }: Asked, { desktopId, now }: { desktopId: string | null; now: Date }): Promise<SignInFacts> {
  const { rows } = await sql<{ bypass: boolean; elsewhere: number; device_id: string | null }>`
    select sign_in.method = 'bypass' as bypass, device_of(sign_in.id, ${personId}, ${now}) as device_id,
      case when sign_in.method = 'bypass' then (
        select count(*)::integer from lease
        where lease.person_id = ${personId} and lease.state <> 'ended' and lease.duty_id = ${dutyId} and lease.desktop_id is distinct from ${desktopId}::uuid
      ) else 0 end as elsewhere
    from sign_in where sign_in.id = ${signInId} and sign_in.person_id = ${personId}`.execute(transaction);
  const [row] = rows;
  if (row === undefined) return {};
  return { ...(row.bypass && { bypass: { elsewhere: row.elsewhere } }), ...(row.device_id !== null && { device: { id: row.device_id } }) };
}
