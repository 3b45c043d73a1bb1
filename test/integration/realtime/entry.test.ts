import { createChanges } from '../../../broker/changes/index.ts';
import type { Change } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { originAt } from '../../support/office.ts';
import { watchedOffice } from '../../support/oversight.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const origin = originAt('office');
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

it('a stop of a unit, and its release, is told to every unit below; one of the organisation to all at once', async () => {
  const { oversight, organisation, below, holder } = await watchedOffice(test);
  const [officer, second] = [await holder(['security-officer']), await holder(['activation-authority'])];
  const changes = createChanges({ connectionString: test.connectionString, log: silent });
  const heard: Change[] = [];
  changes.on((change) => void heard.push(change));
  changes.start();
  try {
    await eventually(() => expect(heard).toEqual([{ topic: 'everything' }]));
    const units = () => heard.splice(0).filter(({ topic, organisationId }) => topic === 'entry' && organisationId === organisation.id).map(({ unitId }) => unitId ?? 'all');
    const both = [organisation.unitId, below.unitId].toSorted();
    const { stop } = await oversight.endAll({ person: officer, origin, unitId: organisation.unitId, reason: '点検' });
    await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(3));
    expect(units().toSorted()).toEqual(both);
    await oversight.askRelease({ person: officer, origin, stopId: stop.id, reason: '点検が終わった' });
    await oversight.agreeRelease({ person: second, origin, stopId: stop.id });
    await eventually(() => expect(heard).toHaveLength(4));
    expect(units().toSorted()).toEqual([...both, ...both].toSorted());
    await oversight.endAll({ person: officer, origin, unitId: null, reason: '点検' });
    await eventually(() => expect(heard).toHaveLength(1));
    expect(units()).toEqual(['all']);
  } finally {
    await changes.stop();
  }
});
