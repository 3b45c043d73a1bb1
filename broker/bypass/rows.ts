import { asOf, may } from '../authorization/index.ts';
import { countedOf, countedPage, rowsFrom } from '../paging/by-count.ts';
import type { Bypass, Page, SignedIn } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { isOpen } from './open.ts';

/** Newest first. The cursor counts those before. @throws Refusal `request-invalid` */
export async function readBypasses(connection: Connection, person: SignedIn, { open, now, cursor, limit }: { open: boolean; now: Date; cursor?: string | undefined; limit?: number | undefined }): Promise<Page<Bypass>> {
  const page = countedOf({ cursor, limit });
  const conditions = open ? isOpen(now) : sql`true`;
  const rows = await select(connection, person.organisationId, sql`${conditions} order by issued.issued_at desc, issued.id ${rowsFrom(page)}`);
  return countedPage(rows, page, (row) => bypassOf(row, person, now));
}

export async function readBypass(connection: Connection, person: SignedIn, { id, now }: { id: string; now: Date }): Promise<Bypass | undefined> {
  const [row] = await select(connection, person.organisationId, sql`issued.id::text = ${id.toLowerCase()}`);
  return row && bypassOf(row, person, now);
}

async function select(connection: Connection, organisationId: string, conditions: ReturnType<typeof sql>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select issued.id, issued.person_id, person.display_name as person_name, unit.name as unit_name, issued.shelter, issued.voucher_id, voucher.display_name as voucher_name, issued.reached_by,
      issued.reason, issued.issued_by, issuer.display_name as issuer_name, issued.issued_at, issued.closes_at,
      approved.approved_by, approver.display_name as approver_name, approved.approved_at, approved.as_deputy is not null as as_deputy, approved.redeem_until,
      used.used_at, sign_in.address as used_from, sign_in.expires_at, sign_in.ended_at as signed_out_at,
      ended.ended_by, ender.display_name as ender_name, ended.ended_at, ended.reason as end_reason
    from bypass as issued
    join person on person.id = issued.person_id
    join unit on unit.id = issued.unit_id
    join person as voucher on voucher.id = issued.voucher_id
    join person as issuer on issuer.id = issued.issued_by
    left join bypass_approval as approved on approved.bypass_id = issued.id
    left join person as approver on approver.id = approved.approved_by
    left join bypass_use as used on used.bypass_id = issued.id
    left join sign_in on sign_in.id = used.sign_in_id
    left join bypass_end as ended on ended.bypass_id = issued.id
    left join person as ender on ender.id = ended.ended_by
    where issued.organisation_id = ${organisationId} and ${conditions}`.execute(connection);
  return rows;
}

type Row = {
  id: string;
  person_id: string;
  person_name: string;
  unit_name: string;
  shelter: string;
  voucher_id: string;
  voucher_name: string;
  reached_by: string;
  reason: string;
  issued_by: string;
  issuer_name: string;
  issued_at: Date;
  closes_at: Date;
  approved_by: string | null;
  approver_name: string | null;
  approved_at: Date | null;
  as_deputy: boolean;
  redeem_until: Date | null;
  used_at: Date | null;
  used_from: string | null;
  expires_at: Date | null;
  signed_out_at: Date | null;
  ended_by: string | null;
  ender_name: string | null;
  ended_at: Date | null;
  end_reason: string | null;
};

function bypassOf(row: Row, person: SignedIn, now: Date): Bypass {
  const state = stateOf(row, now);
  const holder = asOf(person, now);
  const involved = [row.issued_by, row.person_id, row.voucher_id];
  return {
    id: row.id,
    state,
    person: { id: row.person_id, displayName: row.person_name, unitName: row.unit_name },
    shelter: row.shelter,
    voucher: { id: row.voucher_id, displayName: row.voucher_name },
    reachedBy: row.reached_by,
    reason: row.reason,
    issuedBy: { id: row.issued_by, displayName: row.issuer_name },
    issuedAt: row.issued_at,
    closesAt: row.closes_at,
    ...(row.approved_by !== null && row.approved_at !== null && row.redeem_until !== null && { approvedBy: { id: row.approved_by, displayName: row.approver_name ?? '' }, approvedAt: row.approved_at, asDeputy: row.as_deputy, redeemUntil: row.redeem_until }),
    ...(row.used_at !== null && row.expires_at !== null && { usedAt: row.used_at, usedFrom: row.used_from ?? '', until: row.signed_out_at ?? row.expires_at }),
    ...(row.ended_by !== null && row.ended_at !== null && { endedBy: { id: row.ended_by, displayName: row.ender_name ?? '' }, endedAt: row.ended_at, endReason: row.end_reason ?? '' }),
    may: {
      approve: state === 'waiting' && may(holder, 'bypass.approve') && !involved.includes(person.personId),
      end: ['waiting', 'usable', 'in-use'].includes(state) && may(person, 'bypass.end'),
    },
  };
}

function stateOf({ ended_at: endedAt, used_at: usedAt, signed_out_at: signedOutAt, expires_at: expiresAt, redeem_until: redeemUntil, closes_at: closesAt }: Row, now: Date): Bypass['state'] {
  if (endedAt !== null) return 'ended';
  if (usedAt !== null) return signedOutAt === null && expiresAt !== null && expiresAt > now ? 'in-use' : 'over';
  if (redeemUntil !== null) return redeemUntil > now ? 'usable' : 'missed';
  return closesAt > now ? 'waiting' : 'lapsed';
}
