import * as fc from 'fast-check';
import { z } from 'zod';

type Schema = z.core.$ZodType;

/**
 * Values that a schema takes, as they are sent: before its transformations. Made from the schema itself, so that a new field
 * is in them at once.
 * @throws Error for a kind of schema that nothing is known of
 */
export function samplesOf(schema: Schema): fc.Arbitrary<unknown> {
  return made(schema).filter((value) => z.safeParse(schema, value).success);
}

function made(schema: Schema): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objects(schema);
  if (schema instanceof z.ZodArray) return fc.array(samplesOf(schema.element), { maxLength: 5 });
  if (schema instanceof z.ZodNullable) return fc.option(samplesOf(schema.unwrap()), { nil: null });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(samplesOf));
  if (schema instanceof z.ZodPipe) return texts.filter((value) => z.safeParse(schema, value).success);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return numbers(schema);
  if (schema instanceof z.ZodGUID) return fc.uuid();
  // Texts that are so long to the letter (digests, keys, signatures): by chance none would be found.
  const exactly = [64, 86, 87].find((length) => schema instanceof z.ZodString && [length - 1, length, length + 1].map((one) => z.safeParse(schema, 'f'.repeat(one)).success).join() === 'false,true,false');
  if (exactly !== undefined) return fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: exactly, maxLength: exactly });
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return texts;
  throw new Error(`no samples are known for a schema of the kind ${(schema as z.ZodType).type}`);
}

/** Every field that has to be there, and some of the others. */
function objects(schema: z.ZodObject): fc.Arbitrary<unknown> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(schema.shape)) {
    const optional = field instanceof z.ZodExactOptional || field instanceof z.ZodOptional;
    fields[name] = samplesOf(optional ? field.unwrap() : field);
    if (!optional) required.push(name);
  }
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
}

function numbers({ minValue, maxValue }: z.ZodNumber): fc.Arbitrary<number> {
  const [min, max] = [Math.max(minValue ?? 0, -2_147_483_648), Math.min(maxValue ?? 1_000, 2_147_483_647)];
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const instants = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true }).map((at) => at.toISOString());
/** What fields hold: names, words, numbers, codes, tokens, times. Which of them a field takes, the field says. */
const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'職員課防災総務窓口関所みほんデスクトップ 　・ー１２３'), minLength: 1, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...letters, '-'), minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.integer({ min: 0, max: 99_999 }).map(String),
  fc.integer({ min: 1, max: 200 }).map(String),
  fc.stringMatching(/^[A-Za-z0-9_-]{20,43}$/),
  fc.uuid(),
  instants,
  instants.map((at) => at.slice(0, 10)),
);
