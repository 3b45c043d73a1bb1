import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from '../../../broker/store/index.ts';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { calm, openLive, type LivePage } from '../../support/live-client.ts';
import { settingsBeside, startNeighbour, type Neighbour } from '../../support/neighbour.ts';
import type { Person } from '../../support/people.ts';

/** The promise of the port: within 5 s, whichever process did it. */
const PROMISED = 5_000;

let one: TestGateway;
let other: Neighbour;
let directory: string;
const pages: LivePage[] = [];

beforeAll(async () => {
  one = await startGateway();
  other = await startNeighbour(one);
  directory = await mkdtemp(join(tmpdir(), 'sekisho-live-'));
});
afterEach(() => pages.splice(0).forEach((page) => page.close()));
afterAll(async () => {
  await other?.stop();
  await one?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function open(client: HttpClient, where: Pick<TestGateway, 'origin' | 'ca'> = one): Promise<LivePage> {
  const page = await openLive(where, client);
  pages.push(page);
  await page.watch('level', 'policy', 'entry', 'person', 'directory', 'desktops', 'lease');
  return page;
}

/** A page of the same person at each of the two gateways. */
async function openBoth(person: Person): Promise<LivePage[]> {
  const client = await one.signedIn(person);
  const both = [await open(client), await open(client, other)];
  await calm(one.database, person.organisationId, ...both);
  return both;
}

/** The command line, as it is installed. */
function sekisho(...args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(join(import.meta.dirname, '../../../bin/sekisho'), args, { env: settingsBeside(one, directory), stdio: ['ignore', 'ignore', 'pipe'] });
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`sekisho ${args.join(' ')}: ${said.join('')}`))));
  });
}

describe('a change that another process makes', () => {
  it('by the command line reaches the pages of every gateway once, at the commit', async () => {
    const person = await one.addPerson({ roles: ['bcp-admin'] });
    const [here, there] = await openBoth(person) as [LivePage, LivePage];
    const settled = Promise.all([here.hears('directory'), there.hears('directory')]);
    await sekisho('duty', 'add', '罹災証明', '--organisation', person.organisationId, '--class', 'P1', '--zone', 'lgwan');
    await settled;
    expect(here.told).toEqual([{ topic: 'directory' }]);
    expect(there.told).toEqual([{ topic: 'directory' }]);
  });

  it('that is rolled back reaches nobody', async () => {
    const person = await one.addPerson({ roles: ['bcp-admin'] });
    const [page] = await openBoth(person) as [LivePage, LivePage];
    const rolledBack = one.database.transaction().execute(async (transaction) => {
      await sql`update duty set name = '別名' where id = ${person.dutyId}`.execute(transaction);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    const settled = page.hears('directory');
    await sql`update duty set name = '本名' where id = ${person.dutyId}`.execute(one.database);
    await settled;
    expect(page.told).toHaveLength(1);
  });

  it('takes milliseconds, not seconds, from its commit to the page', async () => {
    const person = await one.addPerson({ roles: ['staff', 'bcp-admin'] });
    const pair = await openBoth(person);
    const times: number[] = [];
    // Each in a room of its own, since one that was told just now rests.
    const changes: [LivePage['told'][number]['topic'], () => Promise<unknown>][] = [
      ['person', () => one.broker.directory.unassignDuty({ personId: person.id, dutyId: person.dutyId })],
      ['directory', () => sql`update duty set name = name where id = ${person.dutyId}`.execute(one.database)],
      ['policy', changePolicy],
      ['level', () => changeLevel(person.organisationId, person.id)],
    ];
    for (const [topic, change] of changes) {
      const settled = Promise.all(pair.map((page) => page.hears(topic)));
      await change();
      times.push(...(await settled));
    }
    expect(Math.max(...times)).toBeLessThan(1_000);
  });
});

describe('an open page', () => {
  it('of a sign-in that ends at another gateway is ended', async () => {
    const person = await one.addPerson();
    const client = await one.signedIn(person);
    const page = await open(client, other);
    const began = performance.now();
    expect((await client.call('POST', '/api/sign-out')).status).toBe(204);
    await page.over;
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(page.signedOut()).toBe(true);
  });

  it('of a person who is suspended by the command line is ended, at every gateway', async () => {
    const person = await one.addPerson();
    const both = await openBoth(person);
    await sekisho('user', 'disable', person.username);
    const began = performance.now();
    await Promise.all(both.map(({ over }) => over));
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(both.map((page) => page.signedOut())).toEqual([true, true]);
  });

  it('is ended when its sign-in is, though nobody tells', async () => {
    const person = await one.addPerson();
    const both = await openBoth(person);
    await one.database.transaction().execute(async (transaction) => {
      await sql`set local session_replication_role = replica`.execute(transaction);
      await sql`update sign_in set ended_at = now(), ended_because = 'by-owner' where person_id = ${person.id} and ended_at is null`.execute(transaction);
    });
    const began = performance.now();
    await Promise.all(both.map(({ over }) => over));
    expect(performance.now() - began).toBeLessThan(PROMISED);
  });

  it.each(['told', 'not told'])('hears by the rights of now when a role is %s to be gone or given', async (how) => {
    const person = await one.addPerson({ roles: ['staff'] });
    const both = await openBoth(person);
    const watching = () => Promise.all(both.map((page) => page.watch('directory')));
    const change = async (statement: ReturnType<typeof sql>) =>
      one.database.transaction().execute(async (transaction) => {
        if (how === 'not told') await sql`set local session_replication_role = replica`.execute(transaction);
        await statement.execute(transaction);
      });
    /** Whether each of the two hears of its organisation's duties. */
    const hear = async () => {
      const before = both.map(({ told }) => told.filter(({ topic }) => topic === 'directory').length);
      await sql`update duty set name = name where id = ${person.dutyId}`.execute(one.database);
      const settled = Promise.all(both.map((page) => page.hears('level')));
      await sql`select pg_notify('changed', ${JSON.stringify({ topic: 'level', organisationId: person.organisationId })})`.execute(one.database);
      await settled;
      return both.map(({ told }, index) => told.filter(({ topic }) => topic === 'directory').length > before[index]!);
    };
    expect(await watching()).toEqual([{ watching: expect.not.arrayContaining(['directory']) }, { watching: expect.not.arrayContaining(['directory']) }]);
    await change(sql`insert into role_grant (id, person_id, organisation_id, unit_id, role, granted_by, granted_at) values (gen_random_uuid(), ${person.id}, ${person.organisationId}, null, 'bcp-admin', null, now())`);
    await eventually(async () => expect(await hear()).toEqual([true, true]), PROMISED);
    await change(sql`delete from role_grant where person_id = ${person.id} and role = 'bcp-admin'`);
    await eventually(async () => expect(await hear()).toEqual([false, false]), PROMISED);
  });

  it.each<[string, LivePage['told'][number]['topic'], (person: Person) => Promise<unknown>]>([
    ['a role is given', 'person', ({ id }) => one.broker.directory.grantRole({ personId: id, role: 'auditor' })],
    ['a duty is taken away', 'person', ({ id, dutyId }) => one.broker.directory.unassignDuty({ personId: id, dutyId })],
    ['the policy is another one', 'policy', changePolicy],
    ['the level is another one', 'level', ({ organisationId, id }) => changeLevel(organisationId, id)],
  ])('is told within 5 s when %s', async (_, topic, change) => {
    const person = await one.addPerson({ roles: ['staff', 'bcp-admin'] });
    const both = await openBoth(person);
    const told = Promise.all(both.map((page) => page.hears(topic, PROMISED)));
    await change(person);
    await told;
  });
});

describe('a gateway that stops', () => {
  it('lets its pages go, and does not wait for them', async () => {
    const third = await startNeighbour(one);
    const page = await open(await one.signedIn(await one.addPerson()), third);
    const began = performance.now();
    await third.stop();
    expect(performance.now() - began).toBeLessThan(PROMISED);
    expect(await page.over).toMatch(/transport|server/);
    expect(page.signedOut()).toBe(false);
  });
});

describe('when the connection that listens is cut', () => {
  const cut = () => sql<{ pid: number }>`select pid, pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sekisho changed'`.execute(one.database);

  it('every page is told that it may have missed something, and of every change afterwards', async () => {
    const person = await one.addPerson();
    const both = await openBoth(person);
    const missed = Promise.all(both.map((page) => page.hears('everything', PROMISED)));
    expect((await cut()).rows.length).toBeGreaterThanOrEqual(2);
    await missed;
    const again = Promise.all(both.map((page) => page.hears('person', PROMISED)));
    await one.broker.directory.unassignDuty({ personId: person.id, dutyId: person.dutyId });
    await again;
  });

  it('a sign-in that ended meanwhile does not stay', async () => {
    const person = await one.addPerson();
    const both = await openBoth(person);
    await cut();
    await one.broker.directory.disablePerson(person.id);
    const began = performance.now();
    await Promise.all(both.map(({ over }) => over));
    expect(performance.now() - began).toBeLessThan(PROMISED);
  });

  it.each(['', '{', '{"topic":"nothing"}', '{"topic":"lease","leaseId":7}'])('or says what nobody understands, everything counts as changed: %j', async (payload) => {
    const [page] = await openBoth(await one.addPerson()) as [LivePage, LivePage];
    const told = page.hears('everything', PROMISED);
    await sql`select pg_notify('changed', ${payload})`.execute(one.database);
    await told;
  });
});

async function changeLevel(organisationId: string, personId: string): Promise<void> {
  await sql`insert into level_change (id, organisation_id, number, level, base_level, how, acted_by, reason, since)
    values (gen_random_uuid(), ${organisationId}, 1, '0', '0', 'tightened', ${personId}, '平常', now())`.execute(one.database);
}

async function changePolicy(): Promise<void> {
  await sql`insert into policy_version (digest, files, loaded_at) values (encode(sha256(gen_random_uuid()::text::bytea), 'hex'), '{}', now())`.execute(one.database);
}
