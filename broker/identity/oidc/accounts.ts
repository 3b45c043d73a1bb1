import { events } from '../../audit/index.ts';
import { byPath, readUnitPaths } from '../../imports/unit-paths.ts';
import type { ProviderRules } from '../../policy/index.ts';
import { Refusal } from '../../port.ts';
import { sql, type Connection, type Transaction } from '../../store/index.ts';
import { insertPerson } from '../directory/people.ts';
import { claimOf, unitOf, type Claims } from './claims.ts';
import type { ProvidersDeps } from './deps.ts';
import { AnswerRefused } from './reasons.ts';

export type Identity = { readonly id: string; readonly personId: string };
type Vouched = { readonly rules: ProviderRules; readonly issuer: string; readonly claims: Claims & { readonly sub: string }; readonly address: string };

/**
 * Whose sign-in it is: the person of this subject; else one whom an administrator gave the name that the policy's claim has; else a new one,
 * where the policy lets the provider make accounts. A provider speaks for its own organisation alone.
 * @throws AnswerRefused
 */
export async function identityOf(transaction: Transaction, deps: ProvidersDeps, vouched: Vouched): Promise<Identity> {
  const { rules, issuer, claims } = vouched;
  const subject = claims.sub;
  // Of several first sign-ins of one subject at once, one links or creates.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`provider identity ${issuer} ${subject}`}, 0))`.execute(transaction);
  const organisation = await transaction.selectFrom('organisation').where('name', '=', rules.organisation).select('id').executeTakeFirst();
  if (organisation === undefined) throw new AnswerRefused('other-organisation', { subject });
  const known = await findIdentity(transaction, issuer, subject);
  if (known !== undefined) {
    if (known.organisationId !== organisation.id) throw new AnswerRefused('other-organisation', { subject });
    return known;
  }
  const expected = await expectedPerson(transaction, rules, claims, organisation.id);
  if (expected !== undefined) return link(transaction, deps, vouched, { ...expected, organisationId: organisation.id, by: 'claim' });
  if (rules.create === undefined) throw new AnswerRefused('not-linked', { subject });
  const personId = await createPerson(transaction, deps, vouched, organisation.id);
  return link(transaction, deps, vouched, { personId, organisationId: organisation.id, by: 'creation' });
}

function findIdentity(connection: Connection, issuer: string, subject: string) {
  return connection
    .selectFrom('provider_identity as identity')
    .innerJoin('person', 'person.id', 'identity.person_id')
    .where('identity.issuer', '=', issuer)
    .where('identity.subject', '=', subject)
    .select(['identity.id', 'identity.person_id as personId', 'person.organisation_id as organisationId'])
    .executeTakeFirst();
}

/** Whoever was given this name. An account that is linked is not handed on, neither to another subject nor to another provider, which would speak for the first. */
async function expectedPerson(transaction: Transaction, { linkClaim }: ProviderRules, claims: Claims & { readonly sub: string }, organisationId: string): Promise<{ personId: string } | undefined> {
  const name = linkClaim === undefined ? undefined : claimOf(claims, linkClaim);
  if (name === undefined) return undefined;
  const expected = await transaction
    .selectFrom('provider_name')
    .where('organisation_id', '=', organisationId)
    .where('name', '=', name)
    .select('person_id as personId')
    .forUpdate()
    .executeTakeFirst();
  if (expected === undefined) return undefined;
  const other = await transaction.selectFrom('provider_identity').where('person_id', '=', expected.personId).select('id').executeTakeFirst();
  if (other !== undefined) throw new AnswerRefused('linked-otherwise', { subject: claims.sub });
  return expected;
}

async function link(transaction: Transaction, { clock, ids, trail }: ProvidersDeps, { rules, issuer, claims, address }: Vouched, to: { personId: string; organisationId: string; by: 'claim' | 'creation' }): Promise<Identity> {
  const { personId, organisationId, by } = to;
  const id = ids.uuid();
  await transaction.insertInto('provider_identity').values({ id, person_id: personId, issuer, subject: claims.sub, linked_at: clock.now(), linked_by: by }).execute();
  await trail.append(transaction, events.providerLinked({ actor: { kind: 'system' }, organisationId, address, personId, provider: rules.id, issuer, subject: claims.sub, by }));
  return { id, personId };
}

/** With the role of staff and in the unit that policy names; everything else is an administrator's to give. */
async function createPerson(transaction: Transaction, deps: ProvidersDeps, { rules, claims, address }: Vouched, organisationId: string): Promise<string> {
  const { sub: subject } = claims;
  const create = rules.create!;
  const [username, displayName] = [claimOf(claims, create.username), claimOf(claims, create.displayName)];
  if (username === undefined || displayName === undefined) throw new AnswerRefused('claims-missing', { subject });
  const path = unitOf(claims, create);
  const unitId = path && byPath(await readUnitPaths(transaction, organisationId)).get(path.join('/'));
  if (unitId === undefined) throw new AnswerRefused('unit-unknown', { subject });
  try {
    const taken = await transaction.selectFrom('person').where('username', '=', username.toLowerCase()).select('id').executeTakeFirst();
    if (taken !== undefined) throw new AnswerRefused('username-taken', { subject });
    const { id } = await insertPerson(transaction, { ...deps, actor: { kind: 'system' }, address }, { organisationId, unitId, username, displayName, roles: ['staff'] });
    return id;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'request-invalid') throw new AnswerRefused('claims-missing', { subject, cause: error });
    if ((error as { code?: unknown }).code === '23505') throw new AnswerRefused('username-taken', { subject, cause: error });
    throw error;
  }
}
