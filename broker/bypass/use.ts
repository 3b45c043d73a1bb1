import { timingSafeEqual } from 'node:crypto';
import { events } from '../audit/index.ts';
import { readLevel } from '../continuity/in-force.ts';
import { trustedTime } from '../continuity/trusted-time.ts';
import { complete } from '../identity/complete.ts';
import type { StepDeps } from '../identity/deps.ts';
import { wrongTry } from '../identity/failed-try.ts';
import { tellPerson } from '../identity/notices/tell.ts';
import { refusal } from '../identity/refusals.ts';
import type { CodeTry } from '../identity/with-code.ts';
import { withHalf, type TryAnswer } from '../identity/with-half.ts';
import { siteOf, type Policy } from '../policy/index.ts';
import { Refusal, type Bypasses } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { readBypassCode, sealContext } from './code.ts';
import type { BypassDeps } from './deps.ts';
import { requirePossible, requireSite } from './rules.ts';

/**
 * The second step by a bypass, after the password. A wrong code draws on the budget that every other code draws on, and it is the same
 * answer whether or not there is a bypass. What stands in the way of a right one is told, and the code stays good.
 */
export function createUse(deps: BypassDeps): Bypasses['use'] {
  const { policy, signInPolicy } = deps;
  const steps: StepDeps = { ...deps, policy: signInPolicy };
  return async (input) => {
    const rules = await policy.current();
    return withHalf(steps, input, () => readTyped(input.code), (transaction, attempt, code) => judge(transaction, { deps, steps, attempt: { ...attempt, code }, rules }));
  };
}

function readTyped(typed: string): string {
  const code = readBypassCode(typed);
  if (code === undefined) throw refusal('bypass-code-wrong');
  return code;
}

type Judging = { readonly deps: BypassDeps; readonly steps: StepDeps; readonly attempt: CodeTry; readonly rules: Policy | undefined };

async function judge(transaction: Transaction, { deps, steps, attempt, rules }: Judging): Promise<TryAnswer> {
  const { trail } = deps;
  const { account, half, place, knownBrowser } = attempt;
  const { personId, organisationId } = account;
  if (half.completed) return refusal('sign-in-required');
  // The fifteen minutes go by the database's clock, as its issue and its approval did.
  const now = await trustedTime(transaction, deps);
  const found = await findUsable(transaction, deps, attempt, now);
  if (found === undefined) return wrongTry(refusal('bypass-code-wrong'));
  const circumstances = { organisationId, address: place.address };
  try {
    const possible = requirePossible(rules, await readLevel(transaction, organisationId, now));
    const site = requireSite(possible, rules && siteOf(rules, { address: place.address, organisationName: found.organisationName }));
    const { bypassId, issuedBy, approvedBy, voucherId } = found;
    const completed = await complete(transaction, steps, {
      halfId: half.id,
      account,
      place,
      knownBrowser,
      method: 'bypass',
      longestSeconds: possible.lasts,
      also: (by, expiresAt) => [events.bypassUsed({ ...by, bypassId, personId, issuedBy, approvedBy, voucherId, site, expiresAt: expiresAt.toISOString() })],
    });
    const { signInId } = completed.signedIn;
    await transaction.insertInto('bypass_use').values({ bypass_id: bypassId, sign_in_id: signInId, used_at: now }).execute();
    await tellPerson(transaction, steps, { personId, kind: 'bypass-used', place, signInId });
    return completed;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await trail.append(transaction, events.bypassRefused({ ...circumstances, actor: { kind: 'person', personId }, act: 'use', bypassId: found.bypassId, personId, refusal: error.code }));
    return error;
  }
}

type Usable = { readonly bypassId: string; readonly issuedBy: string; readonly approvedBy: string; readonly voucherId: string; readonly organisationName: string };

/** The bypass of this person whose code it is, locked: nobody ends it before the transaction is over. */
async function findUsable(transaction: Transaction, { secretBox }: BypassDeps, { account, code }: CodeTry, now: Date): Promise<Usable | undefined> {
  const { rows } = await sql<Usable & { sealed: Buffer }>`
    select issued.id as "bypassId", issued.issued_by as "issuedBy", approved.approved_by as "approvedBy", issued.voucher_id as "voucherId", organisation.name as "organisationName", approved.sealed_code as sealed
    from bypass as issued
    join bypass_approval as approved on approved.bypass_id = issued.id
    join organisation on organisation.id = issued.organisation_id
    where issued.person_id = ${account.personId} and approved.approved_at <= ${now} and approved.redeem_until > ${now}
    order by issued.id for update of issued`.execute(transaction);
  const given = Buffer.from(code);
  const right = rows.filter(({ bypassId, sealed }) => timingSafeEqual(secretBox.open(sealed, sealContext(bypassId)), given));
  for (const { sealed: _, ...found } of right) {
    // Statements of their own, so that they see what was committed while the lock was waited for.
    const ended = await transaction.selectFrom('bypass_end').where('bypass_id', '=', found.bypassId).select('bypass_id').executeTakeFirst();
    const used = await transaction.selectFrom('bypass_use').where('bypass_id', '=', found.bypassId).select('bypass_id').executeTakeFirst();
    if (ended === undefined && used === undefined) return found;
  }
  return undefined;
}
