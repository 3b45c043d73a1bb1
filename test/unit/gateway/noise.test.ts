import { createNoiseFilter } from '../../../gateway/http/noise.ts';

describe('the noise filter', () => {
  let now = 1_000_000;
  const filter = () => createNoiseFilter({ clock: { now: () => new Date(now) } });

  it('lets one of a kind through a minute', () => {
    const { first } = filter();
    expect([first('a'), first('a'), first('b')]).toEqual([true, false, true]);
    now += 59_999;
    expect(first('a')).toBe(false);
    now += 1;
    expect([first('a'), first('a')]).toEqual([true, false]);
  });

  it('does not grow with the number of kinds', () => {
    const { first } = filter();
    const passed = Array.from({ length: 12_000 }, (_, index) => first(`address ${index}`)).filter(Boolean);
    expect(passed).toHaveLength(10_000);
  });
});
