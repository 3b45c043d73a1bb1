import type { RecoveryCodesLeft } from '../../port.ts';
import { sql, type Connection } from '../../store/index.ts';

/** Of the newest issue; without any, nothing was ever issued. */
export async function readRecovery(connection: Connection, personId: string): Promise<RecoveryCodesLeft | null> {
  const { rows } = await sql<{ left: number; issuedAt: Date | null }>`
    select count(*) filter (where used_at is null and voided_at is null) as left, max(issued_at) as "issuedAt" from recovery_code where person_id = ${personId}`.execute(connection);
  const { left, issuedAt } = rows[0]!;
  return issuedAt === null ? null : { left, issuedAt };
}
