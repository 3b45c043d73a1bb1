import { CATALOGUE } from '../../../broker/audit/catalogue.ts';
import { knownEvents, toneOf } from '../../../web-client/src/oversight/events.ts';

describe('the timeline of a session', () => {
  it('has words for every event of the audit trail that can stand in it, and for no other', () => {
    const ofSessions = Object.entries(CATALOGUE).flatMap(([name, { fields }]) => ('leaseId' in fields ? [name] : []));
    expect(ofSessions.length).toBeGreaterThan(8);
    expect([...knownEvents].toSorted()).toEqual(['signInCompleted', ...ofSessions].toSorted());
  });

  it('shows what was refused as refused, and an admission as nothing unusual', () => {
    const decided = (decision: string) => toneOf({ event: 'admissionDecided', fields: { decision } });
    expect([decided('admit'), decided('wait'), decided('refuse'), toneOf({ event: 'leaseEnded', fields: {} })]).toEqual(['plain', 'refused', 'refused', 'ended']);
  });
});
