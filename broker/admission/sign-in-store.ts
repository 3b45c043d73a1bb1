import { sql, type Connection, type Transaction } from '../store/index.ts';
import type { DeviceFacts, Facts } from './facts.ts';

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

/** The registered device that this sign-in was proved on, as it counts now. It is looked at, not held: for what decides nothing. */
export async function readDevice(connection: Connection, { personId, signInId }: Pick<Asked, 'personId' | 'signInId'>, now: Date): Promise<DeviceFacts | undefined> {
  const { rows } = await sql<DeviceFacts>`
    select device.id from sign_in_device join device on device.id = sign_in_device.device_id
    where sign_in_device.sign_in_id = ${signInId} and device.person_id = ${personId} and device_counts(device.id, ${now})`.execute(connection);
  return rows[0];
}
