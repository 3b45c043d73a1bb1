import { randomUUID } from 'node:crypto';
import { generateSync } from 'otplib';
import type { SignInLimitRules } from '../../../broker/policy/index.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';
import { testLimits } from '../../support/policy.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const stored = (id: string) => test.database.selectFrom('sign_in').where('id', '=', id).selectAll().executeTakeFirstOrThrow();

/** Somebody signed in under a policy that can be changed. */
async function signedIn(rules: Partial<SignInLimitRules> = {}) {
  const inForce: { limits: SignInLimitRules | undefined } = { limits: testLimits(rules) };
  const identity = identityOver(test.database, { limits: () => inForce.limits });
  const person = await identity.newPerson();
  const session = await identity.signIn(person);
  const lasts = async (id = session.signedIn.signInId) => ((await stored(id)).expires_at.getTime() - (await stored(id)).at.getTime()) / 1000;
  /** As two people raise it, for this long. */
  const raise = async (level: string, hours: number) => {
    const [proposalId, now] = [randomUUID(), identity.clock.now()];
    const colleague = await identity.directory.addPerson({ organisationId: person.organisationId, unitId: person.unitId, username: `c-${proposalId}`, displayName: '承認 者' });
    await identity.directory.grantRole({ personId: person.id, role: 'bcp-admin' });
    await identity.directory.grantRole({ personId: colleague.id, role: 'activation-authority' });
    const until = new Date(now.getTime() + hours * HOUR * 1000);
    await sql`insert into level_proposal (id, organisation_id, level, event, onset, reason, until, proposed_by, proposed_at, closes_at)
      values (${proposalId}, ${person.organisationId}, ${level}, 'earthquake', ${now}, '地震', ${until}, ${person.id}, ${now}, ${until})`.execute(test.database);
    await sql`insert into level_approval (proposal_id, organisation_id, proposed_by, approved_by, approved_at) values (${proposalId}, ${person.organisationId}, ${person.id}, ${colleague.id}, ${now})`.execute(test.database);
    await sql`insert into level_change (id, organisation_id, number, level, base_level, how, proposal_id, acted_by, event, onset, reason, since, until)
      values (${randomUUID()}, ${person.organisationId}, 1, ${level}, ${level}, 'approved', ${proposalId}, ${colleague.id}, 'earthquake', ${now}, '地震', ${now}, ${until})`.execute(test.database);
  };
  return { ...identity, inForce, person, session, id: session.signedIn.signInId, lasts, raise };
}

describe('the limits of a new sign-in', () => {
  it('are those of the policy, and the strictest of those of its roles', async () => {
    const { signIn, directory, person, lasts, session } = await signedIn({ roles: { auditor: { idle: 600, absolute: 2 * HOUR } } });
    expect(await lasts()).toBe(12 * HOUR);
    expect(session.signedIn).toMatchObject({ idleSeconds: HOUR, warnSeconds: 60 });
    await directory.grantRole({ personId: person.id, role: 'auditor' });
    const second = await signIn(person);
    expect(await lasts(second.signedIn.signInId)).toBe(2 * HOUR);
    expect(second.signedIn.idleSeconds).toBe(600);
  });

  it('are short while there is no policy', async () => {
    const { inForce, signIn, person, lasts } = await signedIn();
    inForce.limits = undefined;
    const second = await signIn(person);
    expect(await lasts(second.signedIn.signInId)).toBe(HOUR);
    expect(second.signedIn.idleSeconds).toBe(900);
  });
});

describe('a sign-in that stands', () => {
  it('is ended by an idle limit that its role has now', async () => {
    const { upkeep, clock, directory, person, signIns, session, id } = await signedIn({ roles: { auditor: { idle: 600 } } });
    await directory.grantRole({ personId: person.id, role: 'auditor' });
    await upkeep.limits();
    clock.forward(599);
    await signIns.resolve(session.token);
    clock.forward(600);
    expect((await refusalOf(signIns.resolve(session.token))).code).toBe('sign-in-required');
    expect((await stored(id)).ended_because).toBe('idle');
  });

  it('follows a changed policy at once, in both directions', async () => {
    const { upkeep, clock, inForce, lasts, id } = await signedIn();
    inForce.limits = testLimits({ usual: { idle: 900, absolute: 6 * HOUR, atOnce: 5 } });
    await upkeep.limits();
    expect([await lasts(), (await stored(id)).idle_seconds]).toEqual([6 * HOUR, 900]);
    inForce.limits = testLimits({ usual: { idle: 900, absolute: 20 * HOUR, atOnce: 5 } });
    await upkeep.limits();
    expect(await lasts()).toBe(20 * HOUR);
    for (let hour = 0; hour < 5; hour += 1) {
      clock.forward(HOUR);
      await test.database.updateTable('sign_in').set({ last_seen_at: clock.now() }).where('id', '=', id).execute();
    }
    inForce.limits = testLimits({ usual: { idle: 900, absolute: 4 * HOUR, atOnce: 5 } });
    await upkeep.limits();
    await upkeep.run();
    expect((await stored(id)).ended_because).toBe('expired');
  });

  it('keeps what it has while there is no policy', async () => {
    const { upkeep, inForce, lasts, id } = await signedIn();
    inForce.limits = undefined;
    await upkeep.limits();
    await upkeep.run();
    expect([await lasts(), (await stored(id)).ended_at]).toEqual([12 * HOUR, null]);
  });

  it('is lengthened by a level, and told a while before it ends once the level is over', async () => {
    const { upkeep, clock, lasts, id, raise, signIns, session } = await signedIn({ levels: { '2': { absolute: 18 * HOUR } } });
    await raise('2', 13);
    await upkeep.limits();
    expect(await lasts()).toBe(18 * HOUR);
    for (let minutes = 0; minutes < 13 * 60; minutes += 30) {
      clock.forward(1_800);
      await signIns.resolve(session.token);
    }
    await upkeep.limits();
    const told = new Date(clock.now().getTime() + 60_000);
    expect((await stored(id)).expires_at).toEqual(told);
    clock.forward(30);
    await upkeep.limits();
    expect((await stored(id)).expires_at).toEqual(told);
    clock.forward(30);
    expect(await refusalOf(signIns.resolve(session.token))).toMatchObject({ details: { ended: 'expired' } });
  });

  it('with an end of its own keeps it', async () => {
    const { upkeep, lasts, id } = await signedIn();
    const { at } = await stored(id);
    const end = new Date(at.getTime() + 8 * HOUR * 1000);
    await test.database.updateTable('sign_in').set({ expires_at: end, ends_by: end }).where('id', '=', id).execute();
    await upkeep.limits();
    expect(await lasts()).toBe(8 * HOUR);
    const later = new Date(end.getTime() + 1);
    await expect(test.database.updateTable('sign_in').set({ expires_at: later }).where('id', '=', id).execute()).rejects.toThrow('violates check');
  });

  it('is never longer than a day: the database refuses it', async () => {
    const { id } = await signedIn();
    const { at } = await stored(id);
    await expect(test.database.updateTable('sign_in').set({ expires_at: new Date(at.getTime() + 86_401_000) }).where('id', '=', id).execute()).rejects.toThrow('violates check');
    await expect(test.database.updateTable('sign_in').set({ idle_seconds: 3_601 }).where('id', '=', id).execute()).rejects.toThrow('violates check');
  });
});

describe('so many sign-ins at once', () => {
  const usual = { idle: HOUR, absolute: 12 * HOUR, atOnce: 2 };
  const open = (personId: string) => test.database.selectFrom('sign_in').where('person_id', '=', personId).where('ended_at', 'is', null).select('id').execute();

  it('stand as the policy says: the oldest ends with its leases, in the name of who signed in, and is told why', async () => {
    const { signIn, signIns, person, session, id, events, endedLeasesOf } = await signedIn({ usual });
    await signIn(person, elsewhere);
    await signIns.resolve(session.token);
    const third = await signIn(person, elsewhere);
    expect(await refusalOf(signIns.resolve(session.token))).toMatchObject({ code: 'sign-in-required', details: { ended: 'too-many' } });
    expect((await open(person.id)).length).toBe(2);
    expect(endedLeasesOf).toEqual([{ which: { signInId: id }, because: 'sign-in-ended' }]);
    expect((await events()).filter(({ event, fields }) => event === 'signedOut' && fields['signInId'] === id)).toMatchObject([
      { actor: { kind: 'person', personId: person.id, signInId: third.signedIn.signInId }, address: elsewhere.address, fields: { why: 'too-many' } },
    ]);
  });

  it('end when the policy or a role allows fewer', async () => {
    const { signIn, person, upkeep, directory, id } = await signedIn({ usual, roles: { auditor: { atOnce: 1 } } });
    const second = await signIn(person);
    await directory.grantRole({ personId: person.id, role: 'auditor' });
    await upkeep.limits();
    expect(await open(person.id)).toEqual([{ id: second.signedIn.signInId }]);
    expect((await stored(id)).ended_because).toBe('too-many');
  });

  it('are no more when several are completed at one moment, in several processes', async () => {
    const { signIns, signIn, person, clock, key } = await signedIn({ usual });
    await signIn(person);
    const other = identityOver(test.connect(10), { clock, key, limits: () => testLimits({ usual }) });
    for (let round = 0; round < 5; round += 1) {
      clock.forward(90);
      // Three codes are good at one moment: of the step before, of this one and of the next.
      const codes = [-30, 0, 30].map((seconds) => generateSync({ secret: person.totpSecret, epoch: Math.floor(clock.now().getTime() / 1000) + seconds }));
      const halves = await Promise.all(codes.map(() => signIns.withPassword({ username: person.username, password: person.password, origin: home })));
      const ends = await Promise.allSettled(halves.map(({ token }, n) => (n % 2 === 0 ? signIns : other.signIns).withTotp({ token, code: codes[n]!, origin: home })));
      expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
      expect((await open(person.id)).length).toBe(2);
    }
  });
});
