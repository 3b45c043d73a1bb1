import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SIGN_IN_POLICY } from '../../../broker/identity/policy.ts';
import type { SignIns } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, PASSWORD, refusalOf } from '../../support/identity.ts';

let server: TestDatabase;
let test: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.close());
beforeEach(async () => {
  test = await server.another();
});
afterEach(() => test.close());

const WORKER = join(import.meta.dirname, '../../support/sign-in-racer.ts');
const REPOSITORY = join(import.meta.dirname, '../../..');

/** Ends of calls made at once, as `done` or the code of the refusal. */
async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const ends = await Promise.all(calls.map((call) => call.then(() => 'done', (error: { code?: string; message?: string }) => error.code ?? error.message ?? 'no reason')));
  return Object.fromEntries([...Map.groupBy(ends, (end) => end)].map(([end, all]) => [end, all.length]));
}

/** Several gateways: the same secrets and time, a pool of connections each. */
function gateways(count: number) {
  const first = identityOver(test.database);
  const others = Array.from({ length: count - 1 }, () => identityOver(test.connect(10), { clock: first.clock, key: first.key }));
  return [first, ...others] as const;
}

/** Runs racers, processes of their own, that all begin at one moment; gives the counts of how their calls ended. */
async function race(count: number, task: Record<string, unknown>): Promise<Record<string, number>> {
  const racers = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, [WORKER], { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    const ended = new Promise<string>((resolve) => child.once('close', () => resolve(output)));
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.startsWith('ready\n')) resolve();
      });
      child.once('close', () => resolve());
    });
    child.stdin.write(`${JSON.stringify({ connectionString: test.connectionString, ...task })}\n`);
    return { child, ready, ended };
  });
  await Promise.all(racers.map(({ ready }) => ready));
  for (const { child } of racers) child.stdin.end('go\n');
  const total: Record<string, number> = {};
  for (const output of await Promise.all(racers.map(({ ended }) => ended))) {
    for (const [end, number] of Object.entries(JSON.parse(output.split('\n')[1] ?? '{}') as Record<string, number>)) total[end] = (total[end] ?? 0) + number;
  }
  return total;
}

describe('one one-time code', () => {
  it('sent 200 times at once through four gateways in one half-finished sign-in completes one sign-in', async () => {
    const all = gateways(4);
    const [first] = all;
    const person = await first.newPerson();
    const { token } = await first.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
    const code = first.codeOf(person.totpSecret);
    expect(await outcomes(Array.from({ length: 200 }, (_, n) => all[n % 4]!.signIns.withTotp({ token, code, origin: home })))).toEqual({ done: 1, 'one-time-code-used': 199 });
    expect(await test.database.selectFrom('sign_in').select('id').execute()).toHaveLength(1);
    const told = await first.events();
    expect(told.filter(({ event }) => event === 'signInCompleted')).toHaveLength(1);
    expect(told.filter(({ event }) => event === 'usedCodeReplayed')).toHaveLength(199);
    // None of it was counted as a guess.
    expect(await test.database.selectFrom('sign_in_throttle').select('key').execute()).toEqual([]);
  });

  it('sent at once in 100 half-finished sign-ins, from known browsers and others, completes one of them', async () => {
    const all = gateways(4);
    const [first] = all;
    const person = await first.newPerson();
    // Tries of different browsers do not wait for one another: only the step itself stands between them.
    const origins = [elsewhere];
    for (let n = 0; n < 4; n += 1) origins.push({ ...home, knownBrowser: (await first.signIn(person)).knownBrowser });
    first.clock.forward(30);
    const code = first.codeOf(person.totpSecret);
    const tries = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const origin = origins[n % 5]!;
        return { origin, ...(await first.signIns.withPassword({ username: person.username, password: PASSWORD, origin })) };
      }),
    );
    expect(await outcomes(tries.map(({ token, origin }, n) => all[n % 4]!.signIns.withTotp({ token, code, origin })))).toEqual({ done: 1, 'one-time-code-used': 99 });
  });

  it('sent 200 times at once from four processes completes one sign-in', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const { token } = await identity.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home });
    const task = { task: 'code', key: identity.key.toString('base64'), at: identity.clock.now().toISOString(), token, code: identity.codeOf(person.totpSecret), times: 50 };
    expect(await race(4, task)).toEqual({ done: 1, 'one-time-code-used': 199 });
  }, 120_000);

  it('that confirms an enrolment does so once, and is used up', async () => {
    const all = gateways(4);
    const [first] = all;
    const invited = (await first.directory.firstAdministrator())!;
    const { token } = await first.signIns.redeemInvitation({ token: invited.token, password: PASSWORD, origin: home });
    const { secret } = await first.signIns.enrolment({ token, origin: home });
    const code = first.codeOf(secret);
    expect(await outcomes(Array.from({ length: 100 }, (_, n) => all[n % 4]!.signIns.confirmEnrolment({ token, code, origin: home })))).toEqual({ done: 1, 'one-time-code-used': 99 });
  });
});

describe('guesses made at once', () => {
  const wrong = (signIns: SignIns, username: string) => signIns.withPassword({ username, password: 'wrong', origin: elsewhere });

  it('get no more answers than guesses made in a row: passwords', async () => {
    const all = gateways(4);
    const person = await all[0].newPerson();
    for (const username of [person.username, 'nobody-of-this-name']) {
      expect(await outcomes(Array.from({ length: 200 }, (_, n) => wrong(all[n % 4]!.signIns, username)))).toEqual({ 'credentials-wrong': 5, 'too-many-attempts': 195 });
    }
  });

  it('do not slip the right password through behind a flood', async () => {
    const all = gateways(4);
    const person = await all[0].newPerson();
    const flood = outcomes(Array.from({ length: 100 }, (_, n) => wrong(all[n % 4]!.signIns, person.username)));
    const right = await refusalOf(all[0].signIns.withPassword({ username: person.username, password: PASSWORD, origin: elsewhere }));
    await flood;
    expect(right.code).toBe('too-many-attempts');
  });

  it('get no more answers than guesses made in a row: one-time codes', async () => {
    const all = gateways(4);
    const person = await all[0].newPerson();
    const { token } = await all[0].signIns.withPassword({ username: person.username, password: PASSWORD, origin: elsewhere });
    const right = all[0].codeOf(person.totpSecret);
    const codes = Array.from({ length: 200 }, (_, n) => String(n).padStart(6, '0')).filter((code) => code !== right);
    const ends = await outcomes(codes.map((code, n) => all[n % 4]!.signIns.withTotp({ token, code, origin: elsewhere })));
    expect(ends).toEqual({ 'one-time-code-wrong': 5, 'too-many-attempts': codes.length - 5 });
  });

  it('cost the process a bounded number of hashes at a time', async () => {
    let running = 0;
    let most = 0;
    const algorithm = {
      hash: async () => '',
      verify: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return false;
      },
      isOutdated: () => false,
      impossible: () => '',
    };
    const { signIns } = identityOver(test.connect(10), { algorithm });
    const ends = await outcomes(Array.from({ length: 400 }, (_, n) => wrong(signIns, `name-${n}`)));
    expect(most).toBeLessThanOrEqual(SIGN_IN_POLICY.hashing.atOnce);
    // Whoever waits is served: nobody is turned away while there is room.
    expect(Object.keys(ends).toSorted()).toEqual(['credentials-wrong', 'too-many-attempts']);
    expect(ends['credentials-wrong']! + ends['too-many-attempts']!).toBe(400);
    // Tries on different accounts do not wait for one another: those under way at once may be answered beyond the address's budget.
    expect(ends['credentials-wrong']! - SIGN_IN_POLICY.throttle.address.most).toBeLessThanOrEqual(10);
  });

  it('are hashed as often for names that nobody bears, for disabled accounts and for those without a password', async () => {
    const verified: string[] = [];
    const algorithm = {
      hash: async () => '$first',
      verify: async (_password: string, stored: string) => verified.push(stored) < 0,
      isOutdated: () => false,
      impossible: () => '$impossible',
    };
    const identity = identityOver(test.database, { algorithm });
    const [person, disabled] = [await identity.newPerson(), await identity.newPerson()];
    await identity.directory.disablePerson(disabled.id);
    const invited = await identity.directory.addPerson({ organisationId: person.organisationId, unitId: person.unitId, username: 'invited', displayName: '新人' });
    for (const username of [person.username, disabled.username, invited.username, 'nobody']) expect((await refusalOf(wrong(identity.signIns, username))).code).toBe('credentials-wrong');
    expect(verified).toEqual(['$first', '$first', '$impossible', '$impossible']);
  });
});

describe('one invitation', () => {
  it('redeemed 50 times at once is redeemed once', async () => {
    const all = gateways(4);
    const { token } = (await all[0].directory.firstAdministrator())!;
    const ends = await outcomes(Array.from({ length: 50 }, (_, n) => all[n % 4]!.signIns.redeemInvitation({ token, password: PASSWORD, origin: home })));
    expect(ends).toEqual({ done: 1, 'invitation-invalid': 49 });
    expect((await all[0].events()).filter(({ event }) => event === 'invitationRedeemed')).toHaveLength(1);
  });

  it('issued 20 times at once leaves one that works', async () => {
    const all = gateways(4);
    const person = await all[0].newPerson();
    const issued = await Promise.all(Array.from({ length: 20 }, (_, n) => all[n % 4]!.directory.issueInvitation(person.id)));
    const ends = await outcomes(issued.map(({ token }) => all[0].signIns.invitation({ token, origin: home })));
    expect(ends).toEqual({ done: 1, 'invitation-invalid': 19 });
  });
});

describe('the first administrator', () => {
  it('is made once by four processes that start at once', async () => {
    expect(await race(4, { task: 'first-administrator', key: Buffer.alloc(32, 1).toString('base64'), at: new Date().toISOString(), times: 10 })).toEqual({ done: 1, nobody: 39 });
    expect(await test.database.selectFrom('person').select('username').execute()).toEqual([{ username: 'admin' }]);
    expect(await test.database.selectFrom('invitation').select('id').execute()).toHaveLength(1);
  }, 120_000);
});

describe('disabling an account', () => {
  it('against sign-ins under way leaves none alive', async () => {
    const all = gateways(3);
    const [first] = all;
    for (let round = 0; round < 10; round += 1) {
      const person = await first.newPerson();
      const halves = await Promise.all(Array.from({ length: 6 }, () => first.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home })));
      const code = first.codeOf(person.totpSecret);
      await outcomes([
        ...halves.map(({ token }, n) => all[n % 3]!.signIns.withTotp({ token, code, origin: home })),
        first.directory.disablePerson(person.id),
        ...halves.map((_, n) => all[n % 3]!.signIns.withPassword({ username: person.username, password: PASSWORD, origin: home })),
      ]);
      for (const table of ['sign_in', 'half_sign_in'] as const) {
        expect(await test.database.selectFrom(table).where('person_id', '=', person.id).where('ended_at', 'is', null).select('id').execute()).toEqual([]);
      }
    }
  });
});
