import type { SignedIn } from '../../../broker/port.ts';
import { createCommandLine, type CommandLine } from '../../support/command-line.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDuty, addOrganisation, addPerson, createOffice, giveDuty, guacds, originAt, testPolicy } from '../../support/office.ts';

let test: TestDatabase;
let line: CommandLine;
let organisation: Awaited<ReturnType<typeof addOrganisation>>;
let person: SignedIn;

beforeAll(async () => {
  test = await startTestDatabase();
  line = await createCommandLine(test.connectionString);
  organisation = await addOrganisation(test.database);
  person = await addPerson(test.database, organisation);
});
afterAll(async () => {
  await test.close();
  await line.remove();
});

const sekisho = (...args: readonly string[]) => line.sekisho(args);
const json = (...args: readonly string[]) => line.json(...args);
const addTerminal = (name: string, ...more: readonly string[]) => json('desktop', 'add', '--name', name, '--protocol', 'rdp', '--host', `${name}.pool.test`, '--credentials', 'ask', ...more);

describe('the command line', () => {
  it('sets up a pool, its desktops and who may use it, and takes it all back', async () => {
    expect(await json('pool', 'add', '共用端末', '--log-in', 'personal', '--clean-up', 'none', '--seats', '10')).toMatchObject({ name: '共用端末', logIn: 'personal', cleanUp: 'none', seats: 10 });
    expect(await addTerminal('ts1', '--kind', 'multi-session', '--sessions', '20', '--pool', '共用端末')).toMatchObject({ kind: 'multi-session', sessions: 20, pool: '共用端末' });
    expect(await addTerminal('pc1')).toMatchObject({ kind: 'exclusive', sessions: 1, pool: null });
    await json('desktop', 'pool', 'pc1', '共用端末');
    await json('pool', 'assign', '共用端末', '--unit', '総務課');
    await json('pool', 'assign', '共用端末', '--user', person.username);
    expect(await json('pool', 'list')).toMatchObject({ items: [{ name: '共用端末', status: 'active', desktops: 2, suitable: true, seats: 10, seatsTaken: 0, people: [person.username], units: ['総務課'] }] });
    await json('pool', 'change', '共用端末', '--name', '端末室', '--seats', '-', '--status', 'disabled');
    await json('pool', 'unassign', '端末室', '--unit', '総務課');
    await json('desktop', 'pool', 'pc1', '-');
    expect(await json('pool', 'list')).toMatchObject({ items: [{ name: '端末室', status: 'disabled', desktops: 1, seats: null, units: [] }] });
  });

  it('lists what lives on at desktops, and lets the next person in once one was cleaned', async () => {
    const office = createOffice({ database: test.database, clock: { now: () => new Date() }, policy: () => testPolicy() });
    const desktop = (await addTerminal('pc2')) as { id: string };
    await json('desktop', 'assign', 'pc2', person.username);
    const dutyId = await addDuty(test.database, organisation);
    await giveDuty(test.database, person, dutyId);
    const origin = originAt('office');
    const { id: leaseId } = await office.leases.request({ person, desktopId: desktop.id, dutyId, origin, credentials: { username: 'u', password: 'p' } });
    await office.leases.connected(await office.leases.claim({ person, leaseId, origin, guacds }));
    expect(await json('desktop', 'residual', 'pc2')).toMatchObject({ items: [{ desktop: 'pc2', username: person.username, open: true }] });
    const refused = await sekisho('desktop', 'cleaned', 'pc2');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('their session is open')]);
    await office.leases.end({ person, leaseId, origin });
    expect(await json('desktop', 'residual')).toMatchObject({ items: [{ desktop: 'pc2', open: false }] });
    expect(await json('desktop', 'cleaned', 'pc2')).toEqual({ ended: 1 });
    expect(await json('desktop', 'residual')).toEqual({ items: [], next: null });
    expect(await json('desktop', 'cleaned', 'pc2')).toEqual({ ended: 0 });
  });

  it.each<[string, string[], number, string]>([
    ['a log-in that is none', ['pool', 'add', 'x', '--log-in', 'everybody', '--clean-up', 'none'], 2, '--log-in: personal | shared'],
    ['nobody to assign to', ['pool', 'assign', '端末室'], 2, '--user USERNAME | --unit UNIT'],
    ['a pool that is not there', ['pool', 'change', '無い', '--name', 'x'], 1, 'There is: 端末室'],
    ['a VNC desktop of several sessions', ['desktop', 'add', '--name', 'v', '--protocol', 'vnc', '--host', 'v.test', '--credentials', 'ask', '--kind', 'multi-session', '--sessions', '3'], 1, 'kind:'],
    ['seats that are no number', ['pool', 'change', '端末室', '--seats', 'many'], 2, '--seats'],
  ])('says what to do about %s', async (_, args, code, text) => {
    const outcome = await sekisho(...args);
    expect(outcome).toMatchObject({ code, out: '' });
    expect(outcome.err).toContain(text);
  });
});
