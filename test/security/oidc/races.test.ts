/** What two may do at once: answers in several processes, and a logout of the provider beside the sign-in that it ends. */
import { randomUUID } from 'node:crypto';
import { randomIds } from '../../../broker/environment.ts';
import { AnswerRefused } from '../../../broker/identity/oidc/reasons.ts';
import { beginTransaction, takeTransaction } from '../../../broker/identity/oidc/transactions.ts';
import { placeOf } from '../../../broker/identity/origin.ts';
import { openDatabase } from '../../../broker/store/index.ts';
import type { Answer } from '../../support/http-client.ts';
import { home } from '../../support/identity.ts';
import { walk } from '../../support/providers/walk.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';

let town: TownWithProviders;
beforeAll(async () => {
  town = await startTownWithProviders();
  const { id: dutyId } = await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: '窓口', class: 'P2', zone: 'internet' });
  const person = await town.gateway.addPerson({ colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
  await town.gateway.database.insertInto('provider_name').values({ person_id: person.id, organisation_id: town.organisationId, name: '1' }).execute();
  await town.rule({ liar: `
        link: { claim: employee_number }
        second-factor: { amr: [otp], max-age: 8h }` });
}, 120_000);
afterAll(() => town?.stop());

it('of two hundred answers through four pools of connections, one uses the transaction up', async () => {
  const deps = { clock: { now: () => new Date() }, ids: randomIds };
  const begun = await beginTransaction(town.gateway.database, deps, { provider: 'liar', returnTo: '/', place: placeOf(home) });
  const pools = Array.from({ length: 4 }, () => openDatabase({ connectionString: town.gateway.connectionString, connections: 5, onIdleError: () => undefined }));
  const take = async (pool: (typeof pools)[number]) => {
    try {
      await takeTransaction(pool, deps, { token: begun!.token, provider: 'liar' });
      return 'taken';
    } catch (error) {
      return error instanceof AnswerRefused ? error.why : String(error);
    }
  };
  const ends = await Promise.all(Array.from({ length: 200 }, (_, index) => take(pools[index % 4]!)));
  await Promise.all(pools.map((pool) => pool.destroy()));
  expect(ends.filter((end) => end === 'taken')).toHaveLength(1);
  expect(new Set(ends)).toEqual(new Set(['taken', 'answer-replayed']));
});

it('a logout beside the sign-in that it ends leaves nobody signed in, whichever comes first', async () => {
  const outcomes: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    const sid = `s-${round}`;
    town.liar.lies = { claims: { employee_number: '1', amr: ['otp'], sid } };
    const client = town.gateway.browser();
    const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider: 'liar', returnTo: '/' } });
    const answer = await walk(begun.json<{ location: string }>().location, { ca: town.ca });
    const now = Math.floor(Date.now() / 1000);
    const token = await town.liar.sign({ iss: town.liar.issuer, aud: town.liar.clientId, iat: now, exp: now + 120, jti: randomUUID(), sid, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } });
    const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
    const logOut = async () => {
      // The answer takes some tens of milliseconds at the provider; the logout is to meet it at every point of its way.
      await pause(round * 6);
      if (round === 19) await answered;
      return town.gateway.browser().call('POST', '/api/providers/liar/back-channel-logout', { body: new URLSearchParams({ logout_token: token }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    };
    const hand = () => client.call('POST', '/api/sign-in/provider/answer', { json: { provider: 'liar', answer } });
    const answered: Promise<Answer> = round === 0 ? pause(500).then(hand) : hand();
    const [signedIn, ended] = await Promise.all([answered, logOut()]);
    expect(ended.status).toBe(200);
    expect((await client.call('GET', '/api/me')).status).toBe(401);
    outcomes.push(signedIn.status === 200 ? 'ended after it' : signedIn.json<{ code: string }>().code);
  }
  // A control: both orders were met.
  expect(new Set(outcomes)).toEqual(new Set(['ended after it', 'provider-sign-in-over']));
}, 120_000);
