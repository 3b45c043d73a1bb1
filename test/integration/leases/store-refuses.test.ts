import { randomUUID } from 'node:crypto';
import { TRANSITIONS } from '../../../broker/leases/transitions.ts';
import type { LeaseState, SignedIn } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, createOffice, standingClock, testPolicy } from '../../support/office.ts';

const STATES: readonly LeaseState[] = ['granted', 'active', 'parked', 'ended'];
let test: TestDatabase;
let person: SignedIn;
let dutyId: string;
let organisation: Awaited<ReturnType<typeof addOrganisation>>;
let office: ReturnType<typeof createOffice>;

beforeAll(async () => {
  test = await startTestDatabase();
  office = createOffice({ database: test.database, clock: standingClock(), policy: () => testPolicy() });
  organisation = await addOrganisation(test.database);
  person = await addPerson(test.database, organisation);
  dutyId = await addDuty(test.database, organisation);
});
afterAll(() => test.close());

/** What each state needs beside its name. */
const columns = (state: LeaseState) => ({
  state,
  parked_until: state === 'parked' ? new Date() : null,
  ended_at: state === 'ended' ? new Date() : null,
  ended_because: state === 'ended' ? ('ended-by-owner' as const) : null,
  ...(state === 'active' && { relay_id: randomUUID(), gateway_id: randomUUID() }),
});

async function insert(state: LeaseState = 'granted', change: object = {}): Promise<string> {
  const id = randomUUID();
  const desktopId = await addDesktop(office, organisation);
  const now = new Date();
  await test.database
    .insertInto('lease')
    .values({
      id,
      organisation_id: organisation.id,
      person_id: person.personId,
      desktop_id: desktopId,
      duty_id: dutyId,
      unit_id: person.unitId,
      sign_in_id: person.signInId,
      site: 'office',
      address: '10.0.4.9',
      weight: 1,
      policy_version: 'v',
      granted_at: now,
      expires_at: new Date(now.getTime() + 1000),
      unused_until: now,
      ...columns(state),
      ...change,
    })
    .execute();
  return id;
}

const move = (id: string, state: LeaseState) => test.database.updateTable('lease').set(columns(state)).where('id', '=', id).execute();

/** A lease in that state, reached by legal moves. */
async function leaseThatIs(state: LeaseState): Promise<string> {
  const id = await insert();
  if (state === 'active' || state === 'parked') await move(id, 'active');
  if (state === 'parked' || state === 'ended') await move(id, state);
  return id;
}

describe('the database', () => {
  it('knows exactly the transitions of the rules', async () => {
    const rows = await test.database.selectFrom('lease_transition').selectAll().execute();
    const ruled = Object.entries(TRANSITIONS).flatMap(([from, all]) => all.map((to) => `${from} → ${to}`));
    expect(rows.map((row) => `${row.from_state} → ${row.to_state}`).sort()).toEqual(ruled.sort());
  });

  const moves = STATES.flatMap((from) => STATES.filter((to) => to !== from).map((to) => [from, to] as const));
  it.each(moves.filter(([from, to]) => TRANSITIONS[from].includes(to)))('lets a lease go from %s to %s', async (from, to) => {
    await expect(move(await leaseThatIs(from), to)).resolves.toBeDefined();
  });

  it.each(moves.filter(([from, to]) => !TRANSITIONS[from].includes(to)))('refuses to let a lease go from %s to %s', async (from, to) => {
    const constraint = from === 'ended' ? 'lease_has_ended' : 'lease_transition_is_legal';
    await expect(move(await leaseThatIs(from), to)).rejects.toMatchObject({ constraint });
  });

  it('refuses a transition out of ended even where the trigger is off: no such row may exist', async () => {
    await expect(sql`insert into lease_transition values ('ended', 'active')`.execute(test.database)).rejects.toMatchObject({ code: '23514' });
  });

  it.each(STATES.filter((state) => state !== 'granted'))('refuses a lease that begins as %s', async (state) => {
    await expect(insert(state)).rejects.toMatchObject({ constraint: 'lease_transition_is_legal' });
  });

  it('refuses a state that nobody knows', async () => {
    await expect(sql`update lease set state = 'asleep' where id = ${await insert()}`.execute(test.database)).rejects.toMatchObject({ code: '23503' });
  });

  it('does not believe a statement about where a lease came from', async () => {
    const id = await leaseThatIs('parked');
    await expect(sql`update lease set state = 'granted', parked_until = null, came_from = 'none' where id = ${id}`.execute(test.database)).rejects.toMatchObject({ constraint: 'lease_transition_is_legal' });
  });

  it.each([
    ['a relay', 'active', { relay_id: null }],
    ['a process', 'active', { gateway_id: null }],
    ['a deadline', 'parked', { parked_until: null }],
    ['a reason', 'ended', { ended_because: null }],
    ['an end', 'ended', { ended_at: null }],
  ] as const)('refuses without %s a lease that is %s', async (_, state, change) => {
    const id = await leaseThatIs(state === 'parked' ? 'active' : 'granted');
    const update = test.database.updateTable('lease').set({ ...columns(state), ...change }).where('id', '=', id).execute();
    await expect(update).rejects.toMatchObject({ constraint: 'lease_has_what_its_state_needs' });
  });

  it('refuses a second open lease on one desktop', async () => {
    const id = await insert();
    const { desktop_id } = await test.database.selectFrom('lease').select('desktop_id').where('id', '=', id).executeTakeFirstOrThrow();
    await expect(insert('granted', { desktop_id })).rejects.toMatchObject({ constraint: 'lease_open_once_an_exclusive_desktop' });
    await move(id, 'ended');
    await expect(insert('granted', { desktop_id })).resolves.toBeDefined();
  });

  it('refuses to make a lease another person\'s, or of another desktop or duty', async () => {
    const id = await insert();
    const other = await addPerson(test.database, organisation);
    const changes = [{ person_id: other.personId }, { desktop_id: await addDesktop(office, organisation) }, { duty_id: await addDuty(test.database, organisation) }, { weight: 2 }];
    for (const change of changes) {
      await expect(test.database.updateTable('lease').set(change).where('id', '=', id).execute()).rejects.toMatchObject({ constraint: 'lease_is_of_one' });
    }
  });

  it('refuses to change how an ended lease ended', async () => {
    const id = await leaseThatIs('ended');
    await expect(test.database.updateTable('lease').set({ ended_because: 'not-used' }).where('id', '=', id).execute()).rejects.toMatchObject({ constraint: 'lease_has_ended' });
  });

  it('refuses a lease across organisations', async () => {
    const elsewhere = await addOrganisation(test.database);
    const stranger = await addPerson(test.database, elsewhere);
    await expect(insert('granted', { person_id: stranger.personId })).rejects.toMatchObject({ code: '23503' });
    await expect(insert('granted', { duty_id: await addDuty(test.database, elsewhere) })).rejects.toMatchObject({ code: '23503' });
    await expect(insert('granted', { desktop_id: await addDesktop(office, elsewhere) })).rejects.toMatchObject({ code: '23503' });
  });
});
