import type { PersonDetails, PersonListed } from '../port.ts';
import { sql } from '../store/index.ts';

/** What a list shows of each person of the subquery `p`, which has person's columns. */
export const listed = (now: Date) => sql`
  p.id, p.username, p.display_name as "displayName", p.unit_id as "unitId", unit.name as "unitName", p.status,
  case
    when p.password_hash is not null and (exists (select from authenticator where person_id = p.id and confirmed_at is not null) or exists (select from passkey where person_id = p.id and stopped_at is null)) then 'ready'
    when exists (select from invitation where person_id = p.id and redeemed_at is null and voided_at is null and expires_at > ${now}) then 'invited'
    else 'none'
  end as "signIn",
  array(select distinct role from role_grant where person_id = p.id order by role) as roles,
  (select coalesce(json_agg(json_build_object('id', duty.id, 'name', duty.name, 'class', duty.priority_class) order by duty.priority_class, duty.name), '[]')
    from duty_assignment join duty on duty.id = duty_assignment.duty_id where duty_assignment.person_id = p.id) as duties,
  (select count(*) from desktop_assignment where person_id = p.id) as desktops,
  p.loaned_from as "loanedFrom", p.ends_at as "endsAt"`;

/** What a person's own page shows beside. */
export const detailed = sql`
  p.language,
  (select coalesce(json_agg(json_build_object('id', held.id, 'role', held.role, 'unitId', held.unit_id, 'unitName', of.name, 'grantedAt', held.granted_at, 'grantedBy', granter.display_name, 'provider', held.provider)
      order by held.role, of.name nulls first, held.id), '[]')
    from role_grant held left join unit of on of.id = held.unit_id left join person granter on granter.id = held.granted_by where held.person_id = p.id) as grants,
  array(select desktop.name from desktop_assignment join desktop on desktop.id = desktop_assignment.desktop_id where desktop_assignment.person_id = p.id order by desktop.name) as "desktopNames",
  (select max(at) from sign_in where person_id = p.id) as "lastSignInAt"`;

type LoanColumns = { readonly loanedFrom: string | null; readonly endsAt: Date | null };
export type ListedRow = Omit<PersonListed, 'loan'> & LoanColumns;
export type DetailsRow = Omit<PersonDetails, 'grants' | 'lastSignInAt' | 'loan'> & LoanColumns & {
  readonly grants: readonly (Omit<PersonDetails['grants'][number], 'grantedAt'> & { readonly grantedAt: string })[];
  readonly lastSignInAt: Date | null;
};

/** Times within JSON come as text. */
export function detailsOf({ grants, lastSignInAt, ...row }: DetailsRow): PersonDetails {
  return { ...withLoan(row), grants: grants.map((grant) => ({ ...grant, grantedAt: new Date(grant.grantedAt) })), ...(lastSignInAt && { lastSignInAt }) };
}

export function withLoan<Row extends LoanColumns>({ loanedFrom, endsAt, ...row }: Row): Omit<Row, keyof LoanColumns> & Pick<PersonListed, 'loan'> {
  return { ...row, ...(loanedFrom !== null && endsAt !== null && { loan: { from: loanedFrom, endsAt } }) };
}
