import * as fc from 'fast-check';
import { z } from 'zod';
import * as schemas from '../../../gateway/http/schemas/index.ts';
import { samplesOf } from '../../support/schema-samples.ts';

const asked = Object.entries(schemas as Record<string, unknown>).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodObject && entry[1].def.catchall instanceof z.ZodNever);

describe('samples', () => {
  it('are there for every body, query and parameter', () => expect(asked.length).toBeGreaterThan(35));

  it.each(asked)('of %s fit it, and are not all the same', (_name, schema) => {
    const samples = fc.sample(samplesOf(schema), { numRuns: 30, seed: 7 });
    for (const sample of samples) expect(schema.safeParse(JSON.parse(JSON.stringify(sample))).success).toBe(true);
    if (Object.keys((schema as z.ZodObject).shape).length > 0) expect(new Set(samples.map((sample) => JSON.stringify(sample))).size).toBeGreaterThan(1);
  });

  it('of what is not known are refused', () => {
    expect(() => samplesOf(z.strictObject({ at: z.bigint() }))).toThrow('bigint');
  });
});
