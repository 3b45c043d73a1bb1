import * as fc from 'fast-check';
import type { Change, Grant, Role } from '../../../broker/port.ts';
import { TOPICS } from '../../../gateway/realtime/contract.ts';
import { roomsOf, tellings, type Listening } from '../../../gateway/realtime/rooms.ts';

const ORGANISATIONS = ['o1', 'o2'];
const UNITS: Readonly<Record<string, readonly string[]>> = { o1: ['u1', 'u2', 'u3'], o2: ['v1', 'v2'] };
const ROLES: readonly Role[] = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'];

const listening = fc.constantFrom(...ORGANISATIONS).chain((organisationId) => {
  const unit = fc.constantFrom(...UNITS[organisationId]!);
  const grant: fc.Arbitrary<Grant> = fc.record({ role: fc.constantFrom(...ROLES), unitId: fc.option(unit, { nil: null }) }).map(({ role, unitId }) => ({ role, organisationId, unitId, unitIds: unitId === null ? [] : [unitId] }));
  return fc.record({ personId: fc.constantFrom('p1', 'p2', 'p3'), organisationId: fc.constant(organisationId), unitId: unit, grants: fc.array(grant, { maxLength: 3 }) });
});
const change: fc.Arbitrary<Change> = fc.constantFrom(...ORGANISATIONS).chain((organisationId) =>
  fc.record(
    { topic: fc.constantFrom(...TOPICS.filter((topic) => topic !== 'board')), organisationId: fc.constant(organisationId), unitId: fc.constantFrom(...UNITS[organisationId]!), personId: fc.constantFrom('q1', 'q2'), leaseId: fc.constant('l') },
    { requiredKeys: ['topic'] },
  ),
);

const hearsAll = (person: Listening, what: Change) => {
  const entered = new Set(TOPICS.flatMap((topic) => roomsOf(person, topic)));
  return tellings(what).filter(({ rooms }) => rooms.some((room) => entered.has(room))).map(({ told }) => told);
};
/** Besides the board, which moves with much of it. */
const hears = (person: Listening, what: Change) => hearsAll(person, what).filter(({ topic }) => topic !== 'board');
const holds = ({ grants }: Listening, roles: readonly Role[], unitId?: string) => grants.some((grant) => roles.includes(grant.role) && (grant.unitId === null || grant.unitId === unitId));

describe('what is heard', () => {
  it('of the board is for those who may look at it, of the own organisation', () => {
    fc.assert(
      fc.property(listening, change, (person, what) => {
        const moves = ['lease', 'waiting', 'level', 'drill'].includes(what.topic) && what.organisationId === person.organisationId;
        const viewers: readonly Role[] = ['bcp-admin', 'activation-authority', 'shelter-manager', 'security-officer', 'auditor'];
        const may = person.grants.some(({ role }) => viewers.includes(role));
        expect(hearsAll(person, what).filter(({ topic }) => topic === 'board').length).toBe(moves && may ? 1 : 0);
      }),
    );
  });

  it('is never another organisation’s', () => {
    fc.assert(
      fc.property(listening, change, (person, what) => {
        fc.pre(what.organisationId !== undefined && what.organisationId !== person.organisationId && what.topic !== 'policy');
        expect(hears(person, what)).toEqual([]);
      }),
    );
  });

  it('of other people’s sessions is for those who may see them, in the units that they may see', () => {
    fc.assert(
      fc.property(listening, change, (person, what) => {
        fc.pre(what.topic === 'lease' && what.organisationId === person.organisationId && what.unitId !== undefined);
        expect(hears(person, what).length).toBe(holds(person, ['security-officer', 'auditor'], what.unitId) ? 1 : 0);
      }),
    );
  });

  it('of a person is that person’s, or bare word of the directory to those who may view it', () => {
    fc.assert(
      fc.property(listening, change, (person, what) => {
        fc.pre(what.topic === 'person');
        for (const told of hears(person, what)) {
          expect(told).toEqual({ topic: 'directory' });
          expect(holds(person, ['bcp-admin', 'system-admin'], what.unitId)).toBe(true);
        }
      }),
    );
  });

  it('always includes the own sessions, rights and level', () => {
    fc.assert(
      fc.property(listening, (person) => {
        const { organisationId, personId } = person;
        for (const topic of ['lease', 'person'] as const) expect(hears(person, { topic, personId })).toEqual([{ topic }]);
        expect(hears(person, { topic: 'level', organisationId })).toEqual([{ topic: 'level' }]);
        expect(hears(person, { topic: 'entry', organisationId })).toEqual([{ topic: 'entry' }]);
      }),
    );
  });

  it('names at most a lease', () => {
    fc.assert(fc.property(change, (what) => tellings(what).every(({ told }) => Object.keys(told).every((key) => key === 'topic' || (key === 'leaseId' && what.topic === 'lease')))));
  });
});
