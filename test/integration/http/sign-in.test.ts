import { generateSync } from 'otplib';
import { Enrolment, Invitation, NextStep, SignInDone, SignInList, User } from '../../../gateway/http/schemas/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway?.stop());

describe('an invitation', () => {
  it('leads over a password and an authenticator to a complete sign-in', async () => {
    const organisation = await gateway.broker.directory.addOrganisation({ name: 'みほん市' });
    const unit = await gateway.broker.directory.addUnit({ organisationId: organisation.id, name: '総務課' });
    const { id } = await gateway.broker.directory.addPerson({ organisationId: organisation.id, unitId: unit.id, username: 'hanako', displayName: '職員 花子' });
    const { token } = await gateway.broker.directory.issueInvitation(id);
    const client = gateway.browser();

    const viewed = await client.call('POST', '/api/invitations/view', { json: { token } });
    expect(Invitation.strict().parse(viewed.json())).toEqual({ displayName: '職員 花子', username: 'hanako' });

    const weak = await client.call('POST', '/api/invitations/redeem', { json: { token, password: 'password' } });
    expect([weak.status, weak.json().code]).toEqual([422, 'password-unsuitable']);

    const redeemed = await client.call('POST', '/api/invitations/redeem', { json: { token, password: 'a long and rare sentence' } });
    expect(NextStep.strict().parse(redeemed.json())).toEqual({ next: 'enrol', ways: [] });
    expect(redeemed.setCookies).toEqual([expect.stringMatching(/^__Host-sekisho-pending=[\w-]{43}; Max-Age=\d+; Path=\/; Secure; HttpOnly; SameSite=Strict$/)]);

    const { secret, otpauthUri } = Enrolment.strict().parse((await client.call('GET', '/api/sign-in/enrolment')).json());
    expect(otpauthUri).toContain(secret);
    const done = await client.call('POST', '/api/sign-in/enrolment', { json: { code: generateSync({ secret }) } });
    expect(SignInDone.strict().parse(done.json()).user).toMatchObject({ id, username: 'hanako', organisation: 'みほん市', unit: '総務課', language: 'ja' });
    expect([...client.cookies.keys()].toSorted()).toEqual(['__Host-sekisho', '__Host-sekisho-browser']);

    const again = await gateway.browser().call('POST', '/api/invitations/redeem', { json: { token, password: 'another long and rare one' } });
    expect([again.status, again.json().code]).toEqual([410, 'invitation-invalid']);
  });
});

describe('a sign-in', () => {
  it('takes a password and a code, and a new token at each step', async () => {
    const person = await gateway.addPerson({ displayName: '職員 太郎' });
    const client = await gateway.halfSignedIn(person);
    const pending = client.cookies.get('__Host-sekisho-pending');
    const fullWidth = [...gateway.oneTimeCode(person)].map((digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)).join('');
    const done = await client.call('POST', '/api/sign-in/totp', { json: { code: ` ${fullWidth} ` } });
    expect(SignInDone.strict().parse(done.json()).user.displayName).toBe('職員 太郎');
    expect(client.cookies.get('__Host-sekisho')).toBeDefined();
    expect(client.cookies.get('__Host-sekisho')).not.toBe(pending);
    expect(client.cookies.has('__Host-sekisho-pending')).toBe(false);

    const me = await client.call('GET', '/api/me');
    expect(User.strict().parse(me.json())).toMatchObject({ id: person.id, duties: [{ id: person.dutyId, name: '窓口', class: 'P2', zone: 'internet' }], unitId: person.unitId, may: ['desktops.use', 'telework.mark'], level: { number: 0, level: '0' } });
    expect(me.headers['cache-control']).toBe('no-store');
  });

  it('says the same of an unknown person and of a wrong password', async () => {
    const person = await gateway.addPerson();
    const wrong = await gateway.browser().call('POST', '/api/sign-in', { json: { username: person.username, password: 'wrong' } });
    const unknown = await gateway.browser().call('POST', '/api/sign-in', { json: { username: 'nobody-at-all', password: 'wrong' } });
    expect(wrong.status).toBe(401);
    expect([unknown.status, unknown.text, unknown.setCookies]).toEqual([wrong.status, wrong.text, []]);
  });

  it('is told how long to wait after too many failures', async () => {
    const { username } = await gateway.addPerson();
    const client = gateway.browser();
    let answer = await client.call('POST', '/api/sign-in', { json: { username, password: 'wrong' } });
    for (let count = 0; answer.status === 401 && count < 20; count += 1) answer = await client.call('POST', '/api/sign-in', { json: { username, password: 'wrong' } });
    expect([answer.status, answer.json().code]).toEqual([429, 'too-many-attempts']);
    expect(Number(answer.headers['retry-after'])).toBe(answer.json<{ retryAfterSeconds: number }>().retryAfterSeconds);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('ends where it is signed out, and only there', async () => {
    const person = await gateway.addPerson();
    const [here, there] = [await gateway.signedIn(person), await gateway.signedIn(person, 1)];
    expect((await here.call('POST', '/api/sign-out')).status).toBe(204);
    expect(here.cookies.has('__Host-sekisho')).toBe(false);
    expect((await there.call('GET', '/api/me')).status).toBe(200);
  });
});

describe('the person\'s language', () => {
  it('goes before the browser\'s, which goes before Japanese', async () => {
    const person = await gateway.addPerson();
    const client = await gateway.signedIn(person);
    const title = async (headers: Record<string, string | undefined>) => (await client.call('GET', '/api/leases/none', { headers })).json().title;
    expect(await title({ 'accept-language': 'en' })).toBe('見つかりません');
    expect((await client.call('PUT', '/api/me/language', { json: { language: 'en' } })).status).toBe(204);
    expect(await title({ 'accept-language': 'ja' })).toBe('Not found');

    const stranger = gateway.browser();
    expect((await stranger.call('GET', '/api/me', { headers: { 'accept-language': 'en-US,en' } })).json().title).toBe('Please sign in');
    expect((await stranger.call('GET', '/api/me', { headers: { 'accept-language': undefined } })).json().title).toBe('サインインが必要です');
  });
});

describe('the own sign-ins', () => {
  it('are listed page by page, and one can be ended from another', async () => {
    const person = await gateway.addPerson();
    await gateway.browser().call('POST', '/api/sign-in', { json: { username: person.username, password: 'wrong' } });
    const [here, there] = [await gateway.signedIn(person), await gateway.signedIn(person, 1)];
    const { items } = SignInList.strict().parse((await here.call('GET', '/api/me/sign-ins')).json());
    expect(items.filter(({ outcome }) => outcome === 'complete')).toHaveLength(2);
    expect(items.filter(({ current }) => current)).toHaveLength(1);

    const other = items.find(({ outcome, current }) => outcome === 'complete' && !current)!;
    expect((await here.call('DELETE', `/api/me/sign-ins/${other.id}`)).status).toBe(204);
    expect((await there.call('GET', '/api/me')).status).toBe(401);
    expect((await here.call('GET', '/api/me')).status).toBe(200);
  });

  it('of somebody else are neither shown nor ended', async () => {
    const [mine, theirs] = [await gateway.addPerson(), await gateway.addPerson()];
    const [me, them] = [await gateway.signedIn(mine), await gateway.signedIn(theirs)];
    const { items } = SignInList.parse((await them.call('GET', '/api/me/sign-ins')).json());
    expect((await me.call('GET', '/api/me/sign-ins')).text).not.toContain(items[0]!.id);
    const answer = await me.call('DELETE', `/api/me/sign-ins/${items[0]!.id}`);
    expect([answer.status, answer.json().code]).toEqual([404, 'not-found']);
    expect((await them.call('GET', '/api/me')).status).toBe(200);
  });
});
