import { sql } from '../store/index.ts';

/** Of a bypass, its approval, use, sign-in and end: whether it can still be approved or used, or is in use. */
export const isOpen = (now: Date) => sql<boolean>`ended.bypass_id is null and case
  when used.bypass_id is not null then sign_in.ended_at is null and sign_in.expires_at > ${now}
  when approved.bypass_id is not null then approved.redeem_until > ${now}
  else issued.closes_at > ${now} end`;
