import { z } from 'zod';
import { view } from '../../../gateway/http/view.ts';

const Inner = z.object({ at: z.iso.datetime(), name: z.string() });
const Shown = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime().exactOptional(),
  inner: Inner.nullable(),
  list: z.array(Inner),
  maybe: Inner.exactOptional(),
  fields: z.record(z.string(), z.unknown()),
});

describe('a view', () => {
  it('shows instants as text, and nothing that the schema does not name', () => {
    const at = new Date('2026-11-24T04:05:06.789Z');
    const inner = { at, name: 'b', secret: 'hunter2' };
    const found = { id: 'a', at, inner, list: [inner], fields: { count: 1 }, passwordHash: 'hunter2' };
    expect(view(Shown, found)).toEqual({
      id: 'a',
      at: '2026-11-24T04:05:06.789Z',
      inner: { at: '2026-11-24T04:05:06.789Z', name: 'b' },
      list: [{ at: '2026-11-24T04:05:06.789Z', name: 'b' }],
      fields: { count: 1 },
    });
    expect(JSON.stringify(view(Shown, found))).not.toContain('hunter2');
  });

  it('leaves out what is absent and keeps null', () => {
    expect(view(Shown, { id: 'a', at: 'x', inner: null, list: [], fields: {} })).toEqual({ id: 'a', at: 'x', inner: null, list: [], fields: {} });
  });
});
