import * as fc from 'fast-check';
import { canonicalJson } from '../../../broker/audit/canonical-json.ts';

// RFC 8785, 3.2.2 and 3.2.3.
it('gives the RFC’s own examples', () => {
  const literals = { numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\\"/', literals: [null, true, false] };
  expect(canonicalJson(literals)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  const sorted = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' };
  expect(new Set(Object.values(JSON.parse(canonicalJson(sorted)) as object))).toEqual(new Set(Object.values(sorted)));
  const order = ['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh'];
  const text = canonicalJson(sorted);
  expect(order.map((name) => text.indexOf(name))).toEqual(order.map((name) => text.indexOf(name)).toSorted((one, other) => one - other));
});

it('writes minus zero as zero', () => {
  expect(canonicalJson([-0, 0])).toBe('[0,0]');
});

it('does not depend on the order of members, and loses nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.jsonValue(), fc.jsonValue(), (first, second, third) => {
      const there = canonicalJson({ first, second, third });
      const back = canonicalJson({ third, second, first });
      expect(there).toBe(back);
      expect(JSON.parse(there)).toEqual(JSON.parse(JSON.stringify({ first, second, third })));
    }),
  );
});

it('leaves out members that are undefined', () => {
  expect(canonicalJson({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}');
});

it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }]])('refuses what JSON cannot carry: %p', (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});
