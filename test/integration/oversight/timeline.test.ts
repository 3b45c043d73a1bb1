import { randomUUID } from 'node:crypto';
import { events as told } from '../../../broker/audit/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addOrganisation, addPerson, guacds, originAt, signInAgain } from '../../support/office.ts';
import { busyOffice, relayEnd, watchedOffice } from '../../support/oversight.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const origin = originAt('office');
describe('the timeline of a session', () => {
  it('tells everything from the sign-in to the end, by name, in order of time', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const { lease, claimed } = await office.carry(who);
    office.clock.advance(10);
    await office.leases.released(claimed, relayEnd('left', { 'client:clipboard': { count: 1, bytes: 3 } }));
    const elsewhere = await signInAgain(test.database, who.person, office.clock.now());
    office.clock.advance(10);
    await office.leases.connected(await office.claim(elsewhere, lease.id));
    office.clock.advance(10);
    const officer = await office.holder(['security-officer']);
    await office.oversight.endSession({ person: officer, origin, sessionId: lease.id, reason: '端末の紛失' });
    const { session, events, mayEnd, policyVersion, expiresAt } = await office.oversight.timeline({ person: officer, origin, sessionId: lease.id });
    expect(session).toMatchObject({ id: lease.id, state: 'ended', endedBecause: 'ended-by-officer', refusedChannels: 1 });
    expect({ mayEnd, policyVersion, expiresAt }).toEqual({ mayEnd: false, policyVersion: 'a'.repeat(64), expiresAt: lease.expiresAt });
    expect(events.map(({ event }) => event).filter((event) => !event.startsWith('residual'))).toEqual([
      'admissionDecided', 'leaseGranted', 'leaseActivated', 'leaseConnected', 'channelsRefused', 'leaseParked', 'leaseActivated', 'leaseConnected', 'leaseEnded', 'sessionEndedByOfficer',
    ]);
    expect(events[0]).toMatchObject({ code: 'SKA-4001', actor: { kind: 'person', displayName: '関 守' }, fields: { decision: 'admit', leaseId: lease.id } });
    expect(events.at(-1)).toMatchObject({ code: 'SKA-6004', actor: { kind: 'person', displayName: '関 守' }, fields: { reason: '端末の紛失' } });
    expect(events.find(({ event }) => event === 'leaseConnected')).toMatchObject({ actor: { kind: 'system' } });
    const proof = await test.database.selectFrom('audit_record').where('id', '=', events[0]!.id).select(['lane', 'sequence', 'at']).executeTakeFirstOrThrow();
    expect(proof).toEqual({ lane: events[0]!.lane, sequence: events[0]!.sequence, at: events[0]!.at });
    expect(events.map(({ at }) => at.getTime())).toEqual(events.map(({ at }) => at.getTime()).toSorted((one, other) => one - other));
  });

  it('has the completed sign-ins that it was used from, and none of anybody else', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const officer = await office.holder(['security-officer']);
    const completed = ({ personId, signInId, organisationId }: typeof officer) => told.signInCompleted({ actor: { kind: 'person', personId, signInId }, organisationId, factors: ['password', 'totp'], knownBrowser: false });
    await test.database.transaction().execute((transaction) => office.trail.append(transaction, completed(who.person), completed(officer)));
    office.clock.advance(1);
    const lease = await office.request(who);
    await office.oversight.endSession({ person: officer, origin, sessionId: lease.id, reason: '確認' });
    const timeline = await office.oversight.timeline({ person: officer, origin, sessionId: lease.id });
    expect(timeline.events.map(({ event }) => event)).toEqual(['signInCompleted', 'admissionDecided', 'leaseGranted', 'leaseEnded', 'sessionEndedByOfficer']);

    await refusalOf(office.requestFromNowhere(who));
    const [refused] = (await office.oversight.sessions({ person: officer, origin, filter: { state: 'refused' } })).items;
    const ofRequest = await office.oversight.timeline({ person: officer, origin, sessionId: refused!.id });
    expect(ofRequest.events.map(({ event, fields }) => [event, fields['decision']])).toEqual([['signInCompleted', undefined], ['admissionDecided', 'refuse']]);
    expect(ofRequest).toMatchObject({ mayEnd: false, session: { kind: 'request' } });
    expect(ofRequest).not.toHaveProperty('expiresAt');
  });

  it('has the refusal of who came back from elsewhere, with the sign-in it was asked in', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const { lease, claimed } = await office.carry(who);
    office.clock.advance(10);
    await office.leases.released(claimed, relayEnd('left'));
    office.clock.advance(10);
    const again = await signInAgain(test.database, who.person, office.clock.now());
    await test.database.transaction().execute((transaction) =>
      office.trail.append(transaction, told.signInCompleted({ actor: { kind: 'person', personId: again.personId, signInId: again.signInId }, organisationId: again.organisationId, factors: ['password', 'totp'], knownBrowser: true })),
    );
    office.clock.advance(10);
    await refusalOf(office.leases.claim({ person: again, leaseId: lease.id, origin: originAt(undefined), guacds }));
    office.clock.advance(10);
    await office.leases.connected(await office.claim(again, lease.id));
    const { events } = await office.oversight.timeline({ person: await office.holder(['auditor']), origin, sessionId: lease.id });
    const seen = events.map(({ event, fields }) => (event === 'admissionDecided' ? `${event} ${String(fields['decision'])}` : event)).filter((event) => !event.startsWith('residual'));
    expect(seen).toEqual(['admissionDecided admit', 'leaseGranted', 'leaseActivated', 'leaseConnected', 'leaseParked', 'signInCompleted', 'admissionDecided refuse', 'leaseActivated', 'leaseConnected']);
  });

  it('leaves out what another organisation wrote about the same lease', async () => {
    const { oversight, officer, live, trail } = await busyOffice(test);
    const stranger = await addPerson(test.database, await addOrganisation(test.database));
    const refused = (organisationId: string | undefined) => told.relayRefused({ actor: { kind: 'person', personId: stranger.personId }, organisationId, refusal: 'lease-unknown', leaseId: live.id });
    await test.database.transaction().execute((transaction) => trail.append(transaction, refused(stranger.organisationId), told.unknownOpcode({ actor: { kind: 'system' }, leaseId: live.id, opcode: 'x' })));
    const seen = (await oversight.timeline({ person: officer, origin, sessionId: live.id })).events.map(({ event }) => event);
    expect(seen).toContain('unknownOpcode');
    expect(seen).not.toContain('relayRefused');
  });

  it('keeps its beginning and its end, however often somebody asks for its relay or is refused a channel', async () => {
    const { oversight, officer, live, trail, clock, organisation, endLeasesOf } = await busyOffice(test);
    clock.advance(60);
    const actor = { kind: 'person', personId: officer.personId } as const;
    const asked = Array.from({ length: 2_001 }, () => told.relayRefused({ actor, organisationId: organisation.id, refusal: 'lease-unknown', leaseId: live.id }));
    const refused = Array.from({ length: 2_001 }, () => told.channelsRefused({ actor: { kind: 'system' }, organisationId: organisation.id, leaseId: live.id, relayId: live.id, refused: {} }));
    await test.database.transaction().execute((transaction) => trail.append(transaction, ...refused, ...asked));
    clock.advance(60);
    await test.database.transaction().execute((transaction) => endLeasesOf(transaction, { leaseId: live.id }, 'ended-by-owner'));
    clock.advance(60);
    await test.database.transaction().execute((transaction) => trail.append(transaction, ...asked));
    const seen = (await oversight.timeline({ person: officer, origin, sessionId: live.id })).events.map(({ event }) => event);
    expect(seen.slice(0, 4)).toEqual(['admissionDecided', 'leaseGranted', 'leaseActivated', 'leaseConnected']);
    expect(seen).toContain('leaseEnded');
    expect(seen.filter((event) => event === 'relayRefused')).toHaveLength(2_000);
    expect(seen.length).toBeLessThanOrEqual(4_200);
  });

  it('says who may end it', async () => {
    const { oversight, officer, holder, live, past } = await busyOffice(test);
    const mayEnd = async (person: typeof officer, sessionId: string) => (await oversight.timeline({ person, origin, sessionId })).mayEnd;
    expect(await mayEnd(officer, live.id)).toBe(true);
    expect(await mayEnd(officer, past.id)).toBe(false);
    expect(await mayEnd(await holder(['auditor']), live.id)).toBe(false);
  });

  it('is none for what is not there', async () => {
    const { oversight, officer } = await busyOffice(test);
    for (const sessionId of [randomUUID(), 'x', "' or 1=1"]) expect((await refusalOf(oversight.timeline({ person: officer, origin, sessionId }))).code).toBe('not-found');
  });
});
