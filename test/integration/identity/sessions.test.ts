import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const stored = (id: string) => test.database.selectFrom('sign_in').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const signedOut = async (identity: ReturnType<typeof identityOver>, signInId: string) =>
  (await identity.events()).filter(({ event, fields }) => event === 'signedOut' && fields['signInId'] === signInId);

async function signedIn() {
  const identity = identityOver(test.database);
  const person = await identity.newPerson();
  const session = await identity.signIn(person);
  return { identity, person, session, id: session.signedIn.signInId, ended: async () => (await refusalOf(identity.signIns.resolve(session.token))).code };
}

describe('a complete sign-in', () => {
  it('is idle after an hour without a request, to the millisecond, and is kept by one', async () => {
    const { identity, session, id, ended } = await signedIn();
    identity.clock.forward(3599.999);
    await identity.signIns.resolve(session.token);
    identity.clock.forward(3599.999);
    await identity.signIns.resolve(session.token);
    identity.clock.forward(3600);
    expect(await ended()).toBe('sign-in-required');
    expect(await stored(id)).toMatchObject({ ended_because: 'idle', ended_at: identity.clock.now() });
    expect(await signedOut(identity, id)).toMatchObject([{ actor: { kind: 'system' }, fields: { why: 'idle' } }]);
    expect(identity.endedLeasesOf).toEqual([{ which: { signInId: id }, because: 'sign-in-ended' }]);
  });

  it('is idle however much its page asks with nobody at it', async () => {
    const { identity, session, id, ended } = await signedIn();
    for (let minutes = 0; minutes < 59; minutes += 1) {
      identity.clock.forward(60);
      expect((await identity.signIns.resolve(session.token, { unattended: true })).signInId).toBe(id);
    }
    identity.clock.forward(60);
    expect(await ended()).toBe('sign-in-required');
    expect(await stored(id)).toMatchObject({ ended_because: 'idle' });
  });

  it('ends after twelve hours however busy it is', async () => {
    const { identity, session, id, ended } = await signedIn();
    for (let minutes = 0; minutes < 719; minutes += 1) {
      identity.clock.forward(60);
      if (minutes % 50 === 0) await identity.signIns.resolve(session.token);
    }
    await identity.signIns.resolve(session.token);
    identity.clock.forward(60);
    expect(await ended()).toBe('sign-in-required');
    expect((await stored(id)).ended_because).toBe('expired');
  });

  it('is marked as seen once a minute at most', async () => {
    const { identity, session, id } = await signedIn();
    const since = (await stored(id)).last_seen_at;
    identity.clock.forward(59);
    await identity.signIns.resolve(session.token);
    expect((await stored(id)).last_seen_at).toEqual(since);
    identity.clock.forward(1);
    await identity.signIns.resolve(session.token);
    expect((await stored(id)).last_seen_at).toEqual(identity.clock.now());
  });

  it('ends by signing out, once, with its leases and its own transaction', async () => {
    const { identity, session, id, person, ended } = await signedIn();
    await Promise.all(Array.from({ length: 5 }, () => identity.signIns.signOut({ token: session.token, origin: home })));
    expect(await ended()).toBe('sign-in-required');
    expect(await signedOut(identity, id)).toMatchObject([{ actor: { kind: 'person', personId: person.id, signInId: id }, address: home.address, organisationId: person.organisationId, fields: { why: 'by-owner' } }]);
    expect(identity.endedLeasesOf).toEqual([{ which: { signInId: id }, because: 'sign-in-ended' }]);
  });

  it('does not end when its leases cannot be ended', async () => {
    const { identity, session } = await signedIn();
    const push = identity.endedLeasesOf.push.bind(identity.endedLeasesOf);
    identity.endedLeasesOf.push = () => {
      throw new Error('no leases today');
    };
    await expect(identity.signIns.signOut({ token: session.token, origin: home })).rejects.toThrow('no leases today');
    await identity.signIns.resolve(session.token);
    identity.endedLeasesOf.push = push;
  });

  it('ends at once when its person is disabled, in the same transaction, and half-finished ones too', async () => {
    const { identity, session, id, person, ended } = await signedIn();
    const half = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    await identity.directory.disablePerson(person.id);
    expect(await stored(id)).toMatchObject({ ended_because: 'account-disabled' });
    expect(await ended()).toBe('sign-in-required');
    expect((await refusalOf(identity.signIns.resolve(half.token))).code).toBe('sign-in-required');
    identity.clock.forward(30);
    expect((await refusalOf(identity.signIns.withTotp({ token: half.token, code: identity.codeOf(person.totpSecret), origin: home }))).code).toBe('sign-in-required');
    expect(identity.endedLeasesOf).toEqual([
      { which: { signInId: id }, because: 'account-disabled' },
      { which: { personId: person.id }, because: 'account-disabled' },
    ]);
    await identity.directory.enablePerson(person.id);
    expect((await refusalOf(identity.signIns.resolve(session.token))).code).toBe('sign-in-required');
  });

  it('is refused for a disabled person even where nothing had ended it', async () => {
    const { identity, session, id, person } = await signedIn();
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', person.id).execute();
    expect((await refusalOf(identity.signIns.resolve(session.token))).code).toBe('sign-in-required');
    expect((await stored(id)).ended_because).toBe('account-disabled');
  });

  it('stays ended: the database refuses to open it again', async () => {
    const { identity, session, id } = await signedIn();
    await identity.signIns.signOut({ token: session.token, origin: home });
    await expect(test.database.updateTable('sign_in').set({ ended_at: null, ended_because: null }).where('id', '=', id).execute()).rejects.toThrow('stays ended');
    await expect(test.database.updateTable('authenticator').set({ last_used_step: 0 }).where('person_id', '=', session.signedIn.personId).execute()).rejects.toThrow('stays used');
  });

  it('speaks the language its person chose', async () => {
    const { identity, session } = await signedIn();
    await identity.signIns.setLanguage({ person: session.signedIn, language: 'en' });
    expect((await identity.signIns.resolve(session.token)).language).toBe('en');
    expect((await refusalOf(identity.signIns.setLanguage({ person: session.signedIn, language: 'fr' as 'en' }))).code).toBe('request-invalid');
  });
});

describe("one's own sign-ins", () => {
  it('can be ended from another one, and others cannot', async () => {
    const { identity, session, id, person, ended } = await signedIn();
    const second = await identity.signIn(person, elsewhere);
    const stranger = await identity.signIn(await identity.newPerson());
    for (const signInId of [id, 'nonsense', '\u0000', identity.ids.uuid()]) {
      expect((await refusalOf(identity.signIns.endOwn({ person: stranger.signedIn, signInId, origin: home }))).code).toBe('not-found');
    }
    await identity.signIns.resolve(session.token);
    await identity.signIns.endOwn({ person: second.signedIn, signInId: id, origin: elsewhere });
    await identity.signIns.endOwn({ person: second.signedIn, signInId: id, origin: elsewhere });
    expect(await ended()).toBe('sign-in-required');
    expect(await signedOut(identity, id)).toMatchObject([{ fields: { why: 'by-owner-elsewhere' }, actor: { signInId: second.signedIn.signInId } }]);
    await identity.signIns.resolve(second.token);
  });

  it('are listed newest first with the failed tries on the account, page by page, and nobody else\'s', async () => {
    const { identity, person, session } = await signedIn();
    const other = await identity.newPerson();
    identity.clock.forward(60);
    await refusalOf(identity.signIns.withPassword({ username: person.username, password: 'wrong', origin: elsewhere }));
    await refusalOf(identity.signIns.withPassword({ username: other.username, password: 'wrong', origin: elsewhere }));
    identity.clock.forward(60);
    const { token } = await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    await refusalOf(identity.signIns.withTotp({ token, code: '000000', origin: home }));
    await identity.signIns.signOut({ token: session.token, origin: home });
    const now = await identity.signIn(person);
    await refusalOf(identity.signIns.withTotp({ token, code: identity.codeOf(person.totpSecret), origin: elsewhere }));

    const all = await identity.signIns.history({ person: now.signedIn });
    expect(all.next).toBeNull();
    expect(all.items.map(({ outcome, current, address }) => [outcome, current, address])).toEqual(
      expect.arrayContaining([
        ['complete', true, home.address],
        ['used-code', false, elsewhere.address],
        ['wrong-code', false, home.address],
        ['wrong-password', false, elsewhere.address],
        ['complete', false, home.address],
      ]),
    );
    expect(all.items).toHaveLength(5);
    expect(all.items.at(-1)).toMatchObject({ id: session.signedIn.signInId, endedAt: expect.any(Date) as Date });

    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await identity.signIns.history({ person: now.signedIn, limit: 2, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items);
      cursor = page.next ?? undefined;
      if (cursor) expect(cursor).toMatch(/^[\w.:=+~-]{1,500}$/);
    } while (cursor);
    expect(paged).toEqual(all.items);
  });

  it.each(['x', '', '\u0000', '2026-04-01T00:00:00.000Z~nonsense', '2026-99-99T99:99:99.999Z~00000000-0000-4000-8000-000000000000', `2026-04-01T00:00:00.000Z~${'-'.repeat(36)}`, 'x'.repeat(10_000)])(
    'are not listed from a cursor that is none (%#)',
    async (cursor) => {
      const { identity, session } = await signedIn();
      const { code, details } = await refusalOf(identity.signIns.history({ person: session.signedIn, cursor }));
      expect([code, details.fields?.[0]?.path]).toEqual(['request-invalid', 'cursor']);
    },
  );
});

describe('what time does', () => {
  it('ends idle sign-ins that nobody asks for any more, and leaves the others', async () => {
    const { identity, session, id, person } = await signedIn();
    identity.clock.forward(1800);
    const second = await identity.signIn(person);
    identity.clock.forward(1800);
    await identity.upkeep.run();
    expect((await stored(id)).ended_because).toBe('idle');
    await identity.signIns.resolve(second.token);
    expect((await refusalOf(identity.signIns.resolve(session.token))).code).toBe('sign-in-required');
  });

  it('clears away half-finished sign-ins and offers of yesterday, and nothing that is needed', async () => {
    const { identity, person } = await signedIn();
    await identity.signIns.withPassword({ username: person.username, password: person.password, origin: home });
    identity.clock.forward(2 * 86_400);
    await identity.upkeep.clear();
    const halves = await test.database.selectFrom('half_sign_in').where('person_id', '=', person.id).select('id').execute();
    expect(halves).toEqual([]);
    await identity.signIn(person);
  });
});
