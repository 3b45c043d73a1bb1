import { randomBytes, randomUUID } from 'node:crypto';
import { generateSync } from 'otplib';
import type { Broker } from '../../broker/index.ts';
import type { PriorityClass, Role, Zone } from '../../broker/port.ts';
import type { HttpClient } from './http-client.ts';

/** A person who can sign in, and what only that person knows. */
export type Person = {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  /** Base32. */
  readonly totpSecret: string;
  readonly organisationId: string;
  readonly unitId: string;
  readonly dutyId: string;
};

export type NewPerson = {
  readonly username?: string;
  readonly displayName?: string;
  readonly language?: 'ja' | 'en';
  readonly roles?: readonly Role[];
  /** Class and zone of the one duty the person holds. */
  readonly duty?: { readonly class?: PriorityClass; readonly zone?: Zone };
  /** Somebody of the same organisation and unit, who holds the same duty. */
  readonly colleagueOf?: Pick<Person, 'organisationId' | 'unitId' | 'dutyId'>;
};

export type People = {
  /** Each in an organisation of their own, with one duty, unless it is a colleague. */
  addPerson(person?: NewPerson): Promise<Person>;
  /** The code that the person's authenticator shows `steps` 30 s from now. */
  oneTimeCode(person: Pick<Person, 'totpSecret'>, steps?: number): string;
  /** A browser in which the person has typed the password. */
  halfSignedIn(person: Person): Promise<HttpClient>;
  /** A browser in which the person has signed in completely. A code counts once: a second time takes `steps` 1. */
  signedIn(person: Person, steps?: number): Promise<HttpClient>;
};

export function createPeople({ broker, browser, now }: { broker: Broker; browser: () => HttpClient; now: () => Date }): People {
  const oneTimeCode = ({ totpSecret }: Pick<Person, 'totpSecret'>, steps = 0) => generateSync({ secret: totpSecret, epoch: Math.floor(now().getTime() / 1000) + steps * 30 });
  const halfSignedIn = async ({ username, password }: Person) => {
    const client = browser();
    await succeed(client, '/api/sign-in', { username, password });
    return client;
  };
  return {
    oneTimeCode,
    halfSignedIn,
    async signedIn(person, steps) {
      const client = await halfSignedIn(person);
      await succeed(client, '/api/sign-in/totp', { code: oneTimeCode(person, steps) });
      return client;
    },
    async addPerson({ username = `person-${randomBytes(4).toString('hex')}`, displayName = '職員 花子', language = 'ja', roles = ['staff' as const], duty = {}, colleagueOf } = {}) {
      const secrets = { password: `correct horse ${randomBytes(6).toString('hex')}`, totpSecret: base32(randomBytes(20)) };
      const { directory } = broker;
      const { organisationId, unitId, dutyId } = colleagueOf ?? (await newPlace(directory, duty));
      const added = await directory.addPersonWithCredentials({ organisationId, unitId, username, displayName, language, roles, ...secrets });
      await directory.assignDuty({ personId: added.id, dutyId });
      return { id: added.id, username: added.username, ...secrets, organisationId, unitId, dutyId };
    },
  };
}

async function newPlace(directory: Broker['directory'], duty: NonNullable<NewPerson['duty']>): Promise<Pick<Person, 'organisationId' | 'unitId' | 'dutyId'>> {
  const { id: organisationId } = await directory.addOrganisation({ name: `みほん市 ${randomUUID()}` });
  const { id: unitId } = await directory.addUnit({ organisationId, name: '総務課' });
  const { id: dutyId } = await directory.addDuty({ organisationId, name: '窓口', class: duty.class ?? 'P2', zone: duty.zone ?? 'internet' });
  return { organisationId, unitId, dutyId };
}

async function succeed(client: HttpClient, path: string, json: object): Promise<void> {
  const answer = await client.call('POST', path, { json });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, section 6, for whole groups of five bytes. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replaceAll(/.{5}/g, (five) => ALPHABET[Number.parseInt(five, 2)]!);
}
