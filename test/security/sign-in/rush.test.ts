// Many at once: a town hall after an earthquake, and floods of guesses at the same time.
import { SIGN_IN_POLICY } from '../../../broker/identity/policy.ts';
import type { RequestOrigin } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { cheapHashing, elsewhere, home, identityOver, PASSWORD, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(() => test.database.deleteFrom('sign_in_throttle').execute());

/** Hashing that takes as long as a hash on a busy machine, and counts. */
function slowHashing(milliseconds: number) {
  const counted = { done: 0 };
  const verify = async (password: string, stored: string) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    counted.done += 1;
    return cheapHashing.verify(password, stored);
  };
  return { counted, algorithm: { ...cheapHashing, verify } };
}

const addressOf = (number: number) => `203.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
type Identity = ReturnType<typeof identityOver>;
const right = ({ signIns }: Identity, username: string, origin: RequestOrigin) => signIns.withPassword({ username, password: PASSWORD, origin });
const wrong = ({ signIns }: Identity, username: string, origin: RequestOrigin) => signIns.withPassword({ username, password: 'wrong', origin }).catch((error: unknown) => error);

async function peopleOf(identity: Identity, count: number) {
  const people = [];
  for (let n = 0; n < count; n += 1) people.push(await identity.newPerson());
  return people;
}

describe('a rush after an earthquake', () => {
  it('from one address lets everybody in, also those who mistype first: their mistakes cost nobody else anything', async () => {
    const small = { ...SIGN_IN_POLICY, throttle: { ...SIGN_IN_POLICY.throttle, address: { most: 10, forgottenPerMinute: 0.1 } } };
    const identity = identityOver(test.database, { policy: small });
    for (const person of await peopleOf(identity, 15)) {
      for (let mistakes = 0; mistakes < 2; mistakes += 1) await wrong(identity, person.username, home);
      await identity.signIn(person, home);
    }
  });

  it('of hundreds at one moment, from one address and from many, turns nobody away', async () => {
    const { algorithm } = slowHashing(1);
    const identity = identityOver(test.connect(10), { algorithm });
    const people = await peopleOf(identity, 12);
    for (const origin of [() => home, (number: number) => ({ ...elsewhere, address: addressOf(number) })]) {
      const halves = await Promise.all(Array.from({ length: 240 }, (_, number) => right(identity, people[number % 12]!.username, origin(number))));
      expect(halves).toHaveLength(240);
    }
  });
});

describe('while guesses flood in', () => {
  const FLOOD = 600;

  it.each([
    ['on one account from one address', () => 'one', () => elsewhere.address],
    ['on one account from thousands', () => 'one', addressOf],
    ['on all accounts from one address', (number: number) => `name-${number}`, () => elsewhere.address],
    ['on all accounts from thousands', (number: number) => `name-${number}`, addressOf],
  ])('%s, the owner of a known browser gets in at once', async (_, nameOf, from) => {
    const { counted, algorithm } = slowHashing(3);
    const identity = identityOver(test.connect(10), { algorithm });
    const person = await identity.newPerson();
    const { knownBrowser } = await identity.signIn(person, home);
    const flood = Array.from({ length: FLOOD }, (__, number) => wrong(identity, nameOf(number) === 'one' ? person.username : nameOf(number), { ...elsewhere, address: from(number) }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = counted.done;
    await right(identity, person.username, { ...home, knownBrowser });
    // Besides its own, no more than what was under way or shared the turns of its look-up.
    expect(counted.done - before).toBeLessThan(40);
    await Promise.all(flood);
  });

  it('from thousands of addresses, a whole office behind one address that the policy names gets in before half of the flood is served', async () => {
    const { counted, algorithm } = slowHashing(3);
    const identity = identityOver(test.connect(10), { algorithm });
    const people = await peopleOf(identity, 20);
    const flood = Array.from({ length: FLOOD }, (_, number) => wrong(identity, `name-${number}`, { ...elsewhere, address: addressOf(number) }));
    const halves = await Promise.all(people.map(({ username }) => right(identity, username, home)));
    expect(halves).toHaveLength(20);
    expect(counted.done).toBeLessThan(FLOOD / 2);
    await Promise.all(flood);
  });

  it('from inside one network, somebody from a quiet one waits for next to nobody', async () => {
    const { counted, algorithm } = slowHashing(3);
    const identity = identityOver(test.connect(10), { algorithm });
    const person = await identity.newPerson();
    const flood = Array.from({ length: 250 }, (_, number) => wrong(identity, `name-${number}`, elsewhere));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = counted.done;
    await right(identity, person.username, { ...elsewhere, address: '192.0.2.99' });
    expect(counted.done - before).toBeLessThan(40);
    await Promise.all(flood);
  });

  it('whoever waits too long is told the place, and keeps it', async () => {
    const { algorithm } = slowHashing(100);
    const identity = identityOver(test.connect(10), { algorithm, policy: { ...SIGN_IN_POLICY, hashing: { ...SIGN_IN_POLICY.hashing, atOnce: 1, patienceSeconds: 0.3 } } });
    const person = await identity.newPerson();
    const flood = Array.from({ length: 20 }, (_, number) => wrong(identity, `name-${number}`, elsewhere));
    const { code, details } = await refusalOf(right(identity, person.username, elsewhere));
    expect([code, details.retryAfterSeconds]).toEqual(['sign-in-busy', 1]);
    expect((details as { before?: number }).before).toBeGreaterThan(5);
    await Promise.all(flood);
    await right(identity, person.username, elsewhere);
  });
});
