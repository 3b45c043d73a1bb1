import type { ColumnType } from 'kysely';

export type AuditTables = {
  audit_lane: { lane: number; sequence: number; hash: Buffer };
  audit_record: {
    lane: FromTheChain<number>;
    sequence: FromTheChain<number>;
    id: FromTheChain<string>;
    at: FromTheChain<Date>;
    code: FromTheChain<string>;
    organisation_id: FromTheChain<string | null>;
    lease_id: FromTheChain<string | null>;
    sign_in_id: FromTheChain<string | null>;
    previous_hash: FromTheChain<Buffer>;
    hash: FromTheChain<Buffer>;
    body: ColumnType<Buffer, Buffer, never>;
  };
  audit_checkpoint: { number: number; body: Buffer; signature: Buffer };
};

/** Set by the database when a record joins the chain. */
type FromTheChain<Value> = ColumnType<Value, never, never>;
