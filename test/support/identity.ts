import { randomBytes } from 'node:crypto';
import { generateSecret, generateSync } from 'otplib';
import { createTrail } from '../../broker/audit/index.ts';
import { randomIds } from '../../broker/environment.ts';
import { createDirectory, createFactors, createPasskeys, createPasswords, createSignIns, createSignInUpkeep, requireFreshFactor, SIGN_IN_POLICY, type SignInPolicy } from '../../broker/identity/index.ts';
import * as argon2id from '../../broker/identity/password/argon2id.ts';
import { createFactorsOfPeople } from '../../broker/people/index.ts';
import { WITHOUT_POLICY } from '../../broker/identity/sign-in-limits/limits.ts';
import type { SignInLimitRules } from '../../broker/policy/index.ts';
import type { SecondFactorRules } from '../../broker/policy/policy.ts';
import type { CompleteSignIn, RequestOrigin, SignedIn } from '../../broker/port.ts';
import { createSecretBox } from '../../broker/secret-box.ts';
import type { Database } from '../../broker/store/index.ts';
import { testPolicy } from './policy.ts';
import { testLimits } from './policy.ts';

/** A time of day that stands still until it is moved. */
export type MovableClock = { now(): Date; forward(seconds: number): void };

export const movableClock = (start = new Date('2026-04-01T00:00:10Z')): MovableClock => {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    forward(seconds) {
      now += seconds * 1000;
    },
  };
};

const CHEAP = { memory: 64, passes: 1, parallelism: 1 };

/** The real algorithm with next to no work in it, for tests that are not about its work. */
export const cheapHashing = {
  hash: (password: string) => argon2id.hash(password, CHEAP),
  verify: argon2id.verify,
  isOutdated: (stored: string) => argon2id.isOutdated(stored, CHEAP),
  impossible: () => argon2id.impossible(CHEAP),
};

export const PASSWORD = '関所を越えて 進む鳥たち';

export const home: RequestOrigin = { address: '192.0.2.10', userAgent: 'Firefox' };
export const elsewhere: RequestOrigin = { address: '198.51.100.20', userAgent: 'curl' };

/** What a policy says of second factors in tests: 30 minutes after an administrator's word. */
export const SECOND_FACTORS: SecondFactorRules = { passkeys: 'alone', reProof: 1_800, clockAlone: 86_400 };

/** Sign-ins over a database, with all that a test may want to change. */
export function identityOver(
  database: Database,
  { clock = movableClock(), policy = SIGN_IN_POLICY, key = randomBytes(32), algorithm = cheapHashing, limits = () => testLimits() }: { clock?: MovableClock; limits?: () => SignInLimitRules | undefined; policy?: SignInPolicy; key?: Buffer; algorithm?: typeof cheapHashing } = {},
) {
  const endedLeasesOf: { which: object; because: string }[] = [];
  const deps = {
    database,
    clock,
    ids: randomIds,
    policy,
    limitRules: { now: () => limits() ?? WITHOUT_POLICY, look: () => Promise.resolve(limits()) },
    trail: createTrail({ clock, ids: randomIds }),
    secretBox: createSecretBox([key]),
    passwords: createPasswords({ policy, algorithm }),
    endLeasesOf: async (_transaction: unknown, which: object, because: string) => {
      endedLeasesOf.push({ which, because });
      return [] as readonly string[];
    },
  };
  const directory = createDirectory({ ...deps, actor: { kind: 'operator' } });
  const serverClock = { isTrusted: true, trusted: () => serverClock.isTrusted };
  const rules = { secondFactors: SECOND_FACTORS as SecondFactorRules | undefined };
  const factorDeps = { ...deps, serverClock, publicOrigin: () => 'https://telework.example.lg.jp', freshFactor: () => Promise.resolve(300), secondFactors: async () => rules.secondFactors, policyInForce: async () => undefined };
  const signIns = createSignIns({ ...factorDeps, isListed: (address) => Promise.resolve(address === home.address), sitesOf: () => Promise.resolve((address) => (address === home.address ? 'home' : undefined)) });
  const passkeys = createPasskeys(factorDeps);
  const peopleDeps = { ...deps, rules: { current: async () => testPolicy({ ...(rules.secondFactors && { secondFactors: rules.secondFactors }) }) }, requireFreshFactor: async (person: SignedIn) => requireFreshFactor(person, undefined, clock) };
  const factors = { ...createFactors(factorDeps), ...createFactorsOfPeople(peopleDeps) };

  /** Somebody who can sign in, in an organisation of their own. */
  const newPerson = async ({ password = PASSWORD } = {}) => {
    const name = `person-${randomBytes(4).toString('hex')}`;
    const totpSecret = generateSecret();
    const organisation = await directory.addOrganisation({ name: `市 ${name}` });
    const unit = await directory.addUnit({ organisationId: organisation.id, name: '防災課' });
    const person = await directory.addPersonWithCredentials({ organisationId: organisation.id, unitId: unit.id, username: name, displayName: '山田 花子', password, totpSecret });
    return { ...person, organisationId: organisation.id, unitId: unit.id, password, totpSecret };
  };
  const codeOf = (secret: string, secondsOff = 0) => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) + secondsOff });

  /** Both steps; moves the clock on by a step first, so that the code is a fresh one. */
  const signIn = async ({ username, password, totpSecret }: { username: string; password: string; totpSecret: string }, origin = home): Promise<CompleteSignIn> => {
    clock.forward(30);
    const { token } = await signIns.withPassword({ username, password, origin });
    return signIns.withTotp({ token, code: codeOf(totpSecret), origin });
  };
  const tally = async () => (await database.selectFrom('audit_record').select(['code', 'body']).orderBy('at').orderBy('lane').orderBy('sequence').execute()).map(readRecord);

  return { ...deps, signIns, factors, passkeys, serverClock, rules, directory, upkeep: createSignInUpkeep(deps), endedLeasesOf, newPerson, codeOf, signIn, events: tally, key };
}

export type TrailRecord = { event: string; code: string; organisationId?: string; address?: string; actor: Record<string, string>; fields: Record<string, unknown> };

function readRecord({ body }: { body: Buffer }): TrailRecord {
  return JSON.parse(body.toString()) as TrailRecord;
}

/** What a call was refused with; fails when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; details: { retryAfterSeconds?: number; clockDrift?: { phone: string; minutes: number }; fields?: readonly { path: string; expected: string }[] } }> {
  try {
    await call;
  } catch (error) {
    if ((error as Error).name !== 'Refusal') throw error;
    return error as Awaited<ReturnType<typeof refusalOf>>;
  }
  throw new Error('it was not refused');
}
