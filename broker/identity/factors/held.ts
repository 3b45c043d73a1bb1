import { sql, type Connection } from '../../store/index.ts';

/** How many of each kind a person could prove now. Recovery codes get one in; they are no factor to live on. */
export type Held = { readonly authenticators: number; readonly passkeys: number; /** Taken for copies; they prove nothing any more. */ readonly stoppedPasskeys: number; readonly recoveryCodes: number };

export async function heldFactors(connection: Connection, personId: string): Promise<Held> {
  const { rows } = await sql<Held>`
    select (select count(*) from authenticator where person_id = ${personId} and confirmed_at is not null) as authenticators,
      (select count(*) from passkey where person_id = ${personId} and stopped_at is null) as passkeys,
      (select count(*) from passkey where person_id = ${personId} and stopped_at is not null) as "stoppedPasskeys",
      (select count(*) from recovery_code where person_id = ${personId} and used_at is null and voided_at is null) as "recoveryCodes"`.execute(connection);
  return rows[0]!;
}

/** Where there is one, no password alone opens an enrolment; one that was stopped still bars it, or stopping it would be the way in. */
export async function holdsFactor(connection: Connection, personId: string): Promise<boolean> {
  const { authenticators, passkeys, stoppedPasskeys } = await heldFactors(connection, personId);
  return authenticators + passkeys + stoppedPasskeys > 0;
}
