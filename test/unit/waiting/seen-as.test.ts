import type { Place } from '../../../broker/waiting/allocate.ts';
import { seenAs } from '../../../broker/waiting/seen-as.ts';

const place = (id: string, countsAs: number, { mayPreempt = true, promised = false, present = true, due = true } = {}): Place => ({
  standing: { entry: { id, promised, present } as Place['standing']['entry'], due, dueAt: undefined, countsAs, lifted: false, mayPreempt },
  place: 1,
  moreUrgent: 0,
  reasons: [],
});
const seen = (places: readonly Place[], ...yieldedTo: string[]) => seenAs(places, new Set(yieldedTo)).map(({ id, countsAs }) => `${id}${countsAs}`);

describe('what newcomers see of a place', () => {
  it('is the class that it counts as, and whether it is due', () => {
    expect(seenAs([place('a', 1), place('b', 3, { due: false, mayPreempt: false })], new Set())).toEqual([{ id: 'a', due: true, countsAs: 1 }, { id: 'b', due: false, countsAs: 3 }]);
  });

  it('is the most urgent class from the notice on, also for those before it to whom others yield, and for nobody else', () => {
    expect(seen([place('a', 1), place('b', 1, { mayPreempt: false }), place('c', 2), place('d', 2)], 'c')).toEqual(['a0', 'b1', 'c0', 'd2']);
  });

  it('stays that for whom a session has yielded, present or not', () => {
    expect(seen([place('a', 1, { promised: true, present: false }), place('b', 2)])).toEqual(['a0', 'b2']);
  });

  it('is the class again where nobody yields to it any more', () => {
    expect(seen([place('a', 2, { promised: true, mayPreempt: false })])).toEqual(['a2']);
  });
});
