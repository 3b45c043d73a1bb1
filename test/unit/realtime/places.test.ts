import * as fc from 'fast-check';
import { createPlaces } from '../../../gateway/realtime/places.ts';

describe('places', () => {
  it('are never more than there are, of one sign-in or of all, and come back when they are left', () => {
    const step = fc.record({ who: fc.constantFrom('a', 'b', 'c'), leaves: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const places = createPlaces(5, 3);
        const taken: Record<string, number> = { a: 0, b: 0, c: 0 };
        const all = () => Object.values(taken).reduce((sum, count) => sum + count, 0);
        for (const { who, leaves } of steps) {
          if (leaves && taken[who]! > 0) {
            places.leave(who);
            taken[who]! -= 1;
          } else if (!leaves) {
            const free = all() < 5 && taken[who]! < 3;
            expect(places.take(who)).toBe(free);
            if (free) taken[who]! += 1;
          }
        }
      }),
    );
  });
});
