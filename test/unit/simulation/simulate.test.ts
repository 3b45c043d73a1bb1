import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCase, readCases } from '../../../broker/policy-cases/index.ts';
import { parseYaml, readPolicy, readPolicyFiles } from '../../../broker/policy/index.ts';
import { chartOf, reportOf, ScenarioDocument, simulate, type Scenario } from '../../../broker/simulation/index.ts';
import { SHIPPED, testCapacity, testPolicy } from '../../support/policy.ts';

const EXAMPLES = join(SHIPPED, 'examples');
const { levels, durations } = testPolicy();
/** One seat and a grace of a minute, so that a day can be reckoned by hand. */
const policy = testPolicy({
  capacity: testCapacity({ total: 1 }),
  levels: { ...levels, '2': { ...levels['2'], preempting: ['P0', 'P1'], grace: 60 } },
  durations: { ...durations, tenure: 60 },
});
const group = (duty: string, priorityClass: Scenario['groups'][number]['class'], from: number, hours: number) => ({ duty, class: priorityClass, people: 1, asks: { from, to: from }, stays: { typically: hours, spread: 0 } });
const day = (groups: Scenario['groups'], hours = 10): Scenario => ({ name: '一日', organisation: '市', hours, levels: [{ level: 2, from: 0 }], groups });

describe('a simulated day', () => {
  it('comes out as it is reckoned by hand: the urgent gets the seat after the grace, the other comes back and works the rest', () => {
    const { lived } = simulate(day([group('研修', 'P5', 0, 2), group('避難所', 'P1', 1, 1)]), policy);
    const [training, shelter] = lived;
    // Asks at 1:00, the notice is of a minute, the slot of half a minute.
    expect(shelter).toMatchObject({ outcome: 'done', displaced: 0 });
    expect((shelter!.admittedAt! - shelter!.request.asksAt) / 60_000).toBeCloseTo(1, 1);
    expect(training).toMatchObject({ outcome: 'done', displaced: 1, admittedAt: 0 });
    expect(training!.displacedFor / 60_000).toBeCloseTo(60, 0);
  });

  it('forgets nobody, sells no seat twice, and is the same for the same seed', () => {
    const groups = (['P0', 'P1', 'P2', 'P3', 'P4', 'P5'] as const).map((name) => ({ duty: name, class: name, people: 12, asks: { from: 0, to: 6 }, stays: { typically: 1.5 }, ...(name === 'P5' && { patience: 2 }) }));
    const small = { ...policy, capacity: testCapacity({ total: 9, reserve: 1, surplusKeeps: 1, shares: [{ path: ['市'], floor: 4, most: undefined }] }) };
    const one = simulate(day(groups, 8), small);
    expect(one.lived).toHaveLength(72);
    expect(Math.max(...one.load.map(({ taken }) => taken))).toBeLessThanOrEqual(9);
    for (const { outcome, admittedAt } of one.lived) expect(outcome === 'done' || outcome === 'working' ? admittedAt !== undefined : ['waiting', 'gave-up', 'not-yet']).toBeTruthy();
    expect(one.lived.filter(({ request, displaced }) => request.class === 'P0' && displaced > 0)).toEqual([]);
    expect(simulate(day(groups, 8), small)).toEqual(one);
    expect(simulate({ ...day(groups, 8), seed: 2 }, small)).not.toEqual(one);
  });

  it('of a city is lived through under two capacities, and more seats never make the urgent wait longer', async () => {
    const bytes = await readFile(join(EXAMPLES, 'scenarios', 'earthquake-city.yaml'));
    const parsed = parseYaml(bytes, ScenarioDocument);
    if (!('said' in parsed)) throw new Error(JSON.stringify(parsed));
    const city = await policyAt('city');
    // A tenth of its two thousand people, and of its seats.
    const tenth = { ...parsed.said, groups: parsed.said.groups.map((one) => ({ ...one, people: one.people / 10 })) };
    const shares = city.capacity.shares.map((share) => ({ ...share, floor: Math.floor(share.floor / 10), most: share.most === undefined ? undefined : share.most / 10 }));
    const [fewer, more] = [40, 52].map((total) => reportOf(simulate(tenth, { ...city, capacity: { total, shares, reserve: 1, surplusKeeps: 2, guacd: undefined } }), city.classes));
    expect(fewer!.people).toBe(200);
    expect(fewer!.mostTaken).toBeLessThanOrEqual(40);
    expect(more!.metTarget).toBeGreaterThanOrEqual(fewer!.metTarget);
    const wait = (report: typeof fewer, duty: string) => report!.duties.find((one) => one.duty === duty)!.p90Wait;
    expect(wait(more, '窓口の証明書')).toBeLessThan(wait(fewer, '窓口の証明書'));
    expect(fewer!.duties.find(({ duty }) => duty === '災害対策本部')).toMatchObject({ admitted: 4, metTarget: 1 });
    const chart = chartOf([{ name: '400席', report: fewer! }, { name: '<520席>', report: more! }], 'ja');
    for (const part of ['P0 災害対策本部', '&lt;520席&gt;', '10人中9人']) expect(chart).toContain(part);
  });
});

const policyAt = async (name: string) => readPolicy(await readPolicyFiles(join(EXAMPLES, name)), join(EXAMPLES, name));

describe.each(['city', 'two-towns'])('the example policy %s', (name) => {
  it('can be read, contradicts itself nowhere, and does what its cases say', async () => {
    const example = await policyAt(name);
    const cases = await readCases(join(EXAMPLES, name));
    expect(cases.length).toBeGreaterThanOrEqual(3);
    expect(cases.flatMap(({ one }) => tryCase(one, example).map((failure) => ({ name: one.name, ...failure })))).toEqual([]);
  });
});
