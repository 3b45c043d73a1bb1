import * as fc from 'fast-check';
import { createLine, type Lane, type Turn } from '../../../broker/identity/password/line.ts';

type Item = Turn & { readonly number: number };
const turns = fc.array(fc.record({ lane: fc.constantFrom<Lane>('known', 'listed', 'other'), network: fc.constantFrom('a', 'b', 'c', 'd') }), { maxLength: 60 });
const itemsOf = (made: readonly Pick<Turn, 'lane' | 'network'>[]): Item[] => made.map((turn, number) => ({ ...turn, number, arrivedAt: number }));
const drain = (line: ReturnType<typeof createLine<Item>>) => Array.from({ length: line.size() }, () => line.shift()!);
const many = (count: number, lane: Lane, network: (number: number) => string) => Array.from({ length: count }, (_, number) => ({ lane, network: network(number) }));

describe('the line of those who wait to sign in', () => {
  it('serves everybody once, and within a network in the order of arrival', () => {
    fc.assert(fc.property(turns, (made) => {
      const line = createLine<Item>(1_000);
      for (const item of itemsOf(made)) line.push(item);
      const served = drain(line);
      expect(served.map(({ number }) => number).toSorted((one, other) => one - other)).toEqual(made.map((_, index) => index));
      for (const own of Map.groupBy(served, ({ lane, network }) => (lane === 'known' ? lane : `${lane} ${network}`)).values()) {
        expect(own.map(({ arrivedAt }) => arrivedAt)).toEqual(own.map(({ arrivedAt }) => arrivedAt).toSorted((one, other) => one - other));
      }
      expect(line.shift()).toBeUndefined();
    }));
  });

  it('lets no lane wait for more than four turns, and known browsers have two of them', () => {
    fc.assert(fc.property(turns, (made) => {
      const line = createLine<Item>(1_000);
      for (const item of itemsOf(made)) line.push(item);
      const left = { known: 0, listed: 0, other: 0 };
      for (const { lane } of made) left[lane] += 1;
      const since = { known: 0, listed: 0, other: 0 };
      for (const { lane } of drain(line)) {
        for (const other of ['known', 'listed', 'other'] as const) since[other] = other === lane || left[other] === 0 ? 0 : since[other] + 1;
        left[lane] -= 1;
        expect(since.known).toBeLessThanOrEqual(2);
        expect(Math.max(since.listed, since.other)).toBeLessThanOrEqual(4);
      }
    }));
  });

  it('lets a known browser in before a flood of any size, from one address and from thousands', () => {
    for (const flood of [many(3_000, 'other', () => 'one'), many(3_000, 'other', (number) => `n${number}`)]) {
      const line = createLine<Item>(5_000);
      for (const item of itemsOf([...flood, { lane: 'known', network: 'one' }])) line.push(item);
      expect(drain(line).findIndex(({ lane }) => lane === 'known')).toBeLessThanOrEqual(1);
    }
  });

  it('gives the town hall, behind one address, every second turn while thousands of addresses flood', () => {
    const line = createLine<Item>(5_000);
    for (const item of itemsOf([...many(3_000, 'other', (number) => `n${number}`), ...many(500, 'listed', () => 'town hall')])) line.push(item);
    expect(drain(line).slice(0, 1_000).filter(({ lane }) => lane === 'listed').length).toBeGreaterThanOrEqual(499);
  });

  it('lets one from a quiet address in among the first, whatever another address sends', () => {
    const line = createLine<Item>(5_000);
    for (const item of itemsOf([...many(3_000, 'other', () => 'loud'), { lane: 'other', network: 'quiet' }])) line.push(item);
    expect(drain(line).findIndex(({ network }) => network === 'quiet')).toBeLessThanOrEqual(1);
  });

  it('lets those with known browsers take turns, so that one of them who floods keeps nobody out and loses the own tries first', () => {
    const line = createLine<Item>(1_000);
    const own = (person: string) => ({ lane: 'known', network: person, person }) as const;
    const gone = itemsOf([...Array.from({ length: 1_500 }, () => own('insider')), own('owner')]).map((item) => line.push(item)).filter((item) => item !== undefined);
    expect(new Set(gone.map(({ person }) => person))).toEqual(new Set(['insider']));
    expect(drain(line).findIndex(({ person }) => person === 'owner')).toBeLessThanOrEqual(1);
  });

  it('makes room at the cost of whoever came last, where no line is longer than another', () => {
    const line = createLine<Item>(3);
    expect(itemsOf(many(5, 'other', (number) => `n${number}`)).map((item) => line.push(item)?.number)).toEqual([undefined, undefined, undefined, 3, 4]);
  });

  it('makes room at the cost of the longest line, and never holds more than it may', () => {
    const line = createLine<Item>(10);
    const gone = itemsOf([...many(9, 'other', () => 'loud'), ...many(5, 'other', (number) => `quiet ${number}`)]).map((item) => line.push(item));
    expect(gone.filter((item) => item !== undefined).map(({ network }) => network)).toEqual(['loud', 'loud', 'loud', 'loud']);
    expect(line.size()).toBe(10);
  });

  it('says about how many are before: never fewer than are served before among those who wait now', () => {
    fc.assert(fc.property(turns, fc.nat(59), (made, which) => {
      const line = createLine<Item>(1_000);
      const items = itemsOf(made);
      for (const item of items) line.push(item);
      const item = items[which];
      if (item === undefined) return;
      const said = line.before(item);
      const index = drain(line).indexOf(item);
      expect(said).toBeGreaterThanOrEqual(index - 3);
      expect(said).toBeLessThan(made.length);
    }));
  });
});
