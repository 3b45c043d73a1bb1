import { events, type Trail } from '../../audit/index.ts';
import type { Clock } from '../../environment.ts';
import type { PolicySource } from '../../policy/index.ts';
import { Refusal, type PriorityClass, type Role } from '../../port.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { Account } from '../account.ts';
import { localPassword } from './local-password.ts';
import type { Registry } from './registry.ts';

/**
 * Whether people may sign in by password. Asked in two halves: whom the providers answer, before the transaction, and about whom, in it.
 * Without a policy the password stands, since nobody can say otherwise.
 */
export type LocalSignIn = () => Promise<(transaction: Transaction, account: Account, address: string) => Promise<Refusal | undefined>>;

export function createLocalSignIn({ rules, registry, trail, clock }: { rules: PolicySource; registry: Registry; trail: Trail; clock: Clock }): LocalSignIn {
  return async () => {
    const oidc = (await rules.current())?.oidc;
    if (oidc === undefined || !oidc.required) return async () => undefined;
    const states = await Promise.all(oidc.providers.map(async (provider) => ({ organisation: provider.organisation, state: await registry.state(provider) })));
    return async (transaction, account, address) => {
      const asker = await readAsker(transaction, account, clock.now());
      const providers = states.filter(({ organisation }) => organisation === asker.organisation).map(({ state }) => state);
      const answer = localPassword(oidc, { ...asker, providers });
      if (answer === 'open') return undefined;
      const actor = { kind: 'person', personId: account.personId } as const;
      await trail.append(transaction, events.localSignInRefused({ actor, organisationId: account.organisationId, address, why: answer }));
      return new Refusal(answer === 'provider-down' ? 'provider-down-for-class' : 'provider-required');
    };
  };
}

async function readAsker(transaction: Transaction, { personId, organisationId }: Account, now: Date): Promise<{ organisation: string; roles: Role[]; classes: PriorityClass[]; bypass: boolean }> {
  const { name } = await transaction.selectFrom('organisation').where('id', '=', organisationId).select('name').executeTakeFirstOrThrow();
  const roles = await transaction.selectFrom('role_grant').where('person_id', '=', personId).select('role').execute();
  // Those that were handed over count as well, as everywhere.
  const { rows: duties } = await sql<{ class: PriorityClass }>`
    select distinct duty.priority_class as class from duty where duty.status = 'active' and (
      duty.id in (select duty_id from duty_assignment where person_id = ${personId}) or duty.id in (select handed.duty_id from duties_delegated(${personId}, ${now}) as handed))`.execute(transaction);
  const bypass = await transaction
    .selectFrom('bypass_approval as approved')
    .where('approved.person_id', '=', personId)
    .where('approved.redeem_until', '>', now)
    .where('approved.bypass_id', 'not in', transaction.selectFrom('bypass_use').select('bypass_id'))
    .where('approved.bypass_id', 'not in', transaction.selectFrom('bypass_end').select('bypass_id'))
    .select('approved.bypass_id')
    .limit(1)
    .executeTakeFirst();
  return { organisation: name, bypass: bypass !== undefined, roles: roles.map(({ role }) => role), classes: duties.map((duty) => duty.class) };
}
