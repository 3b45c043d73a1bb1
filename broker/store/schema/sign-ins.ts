import type { Generated } from 'kysely';
import type { NoticeKind, SignInEnd, SignInMethod } from '../../port.ts';

export type SignInTables = {
  half_sign_in: {
    id: string;
    person_id: string;
    token_hash: Buffer;
    begun_at: Date;
    expires_at: Date;
    ended_at: Date | null;
    ended_because: 'completed' | 'by-owner' | 'account-disabled' | 'replaced' | null;
  };
  sign_in: {
    id: string;
    person_id: string;
    half_sign_in_id: string;
    token_hash: Buffer;
    at: Date;
    last_seen_at: Date;
    /** When the second factor was last proved. */
    proved_at: Date;
    method: SignInMethod;
    expires_at: Date;
    idle_seconds: Generated<number>;
    /** So long before a limit its person is told. */
    warn_seconds: Generated<number>;
    /** An end of its own, which no limit moves. */
    ends_by: Generated<Date | null>;
    previous_id: string | null;
    address: string;
    user_agent: string;
    ended_at: Date | null;
    ended_because: SignInEnd | null;
    /** An administrator vouched for the person, who had no other factor at hand. */
    reproved_at: Generated<Date | null>;
    reproved_by: Generated<string | null>;
  };
  authenticator: {
    id: string;
    person_id: string;
    kind: 'totp';
    sealed_secret: Buffer;
    enrolled_in: string | null;
    created_at: Date;
    confirmed_at: Date | null;
    last_used_step: number;
    name: Generated<string>;
    slot: Generated<number>;
    told_steps: Generated<number[]>;
  };
  passkey: {
    id: string;
    person_id: string;
    /** In base64url. */
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: string[];
    name: string;
    synced: boolean;
    created_at: Date;
    last_used_at: Date | null;
    stopped_at: Date | null;
  };
  used_passkey_challenge: { challenge_hash: Buffer; expires_at: Date };
  recovery_code: { id: string; person_id: string; code_hash: Buffer; issued_at: Date; used_at: Date | null; voided_at: Date | null };
  security_notice: {
    id: string;
    person_id: string;
    kind: NoticeKind;
    first_at: Date;
    at: Date;
    count: number;
    address: string;
    user_agent: string;
    sign_in_id: string | null;
    read_at: Date | null;
  };
  invitation: {
    id: string;
    person_id: string;
    token_hash: Buffer;
    issued_at: Date;
    expires_at: Date;
    redeemed_at: Date | null;
    voided_at: Date | null;
  };
  known_browser: { id: string; person_id: string; token_hash: Buffer; last_used_at: Date };
  sign_in_throttle: { key: string; failures: number; last_at: Date };
  failed_sign_in: {
    id: string;
    person_id: string | null;
    network: string;
    minute: Date;
    outcome: 'wrong-password' | 'unknown-user' | 'wrong-code' | 'used-code' | 'throttled' | 'account-disabled';
    at: Date;
    address: string;
    user_agent: string;
    count: number;
    told: number;
  };
};
