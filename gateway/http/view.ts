import { z } from 'zod';

/** What a broker's object has to be for a schema's answer: the same, with instants as dates, and read-only if it likes. */
export type Viewable<Shown> = Shown extends string
  ? string extends Shown
    ? string | Date
    : Shown
  : Shown extends readonly (infer Item)[]
    ? readonly Viewable<Item>[]
    : Shown extends object
      ? { readonly [Key in keyof Shown]: Viewable<Shown[Key]> }
      : Shown;

/** How one of the broker's objects looks on the wire: instants as text, and nothing that the schema does not name. It checks nothing. */
export function view<Schema extends z.ZodType>(schema: Schema, value: Viewable<z.output<Schema>>): z.output<Schema> {
  return shown(schema, value) as z.output<Schema>;
}

function shown(schema: z.core.$ZodType, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value !== 'object') return value;
  if (schema instanceof z.ZodObject) {
    const named = Object.entries(schema.shape as z.core.$ZodShape).filter(([key]) => (value as Record<string, unknown>)[key] !== undefined);
    return Object.fromEntries(named.map(([key, inner]) => [key, shown(inner, (value as Record<string, unknown>)[key])]));
  }
  if (schema instanceof z.ZodArray) return (value as unknown[]).map((item) => shown(schema.element, item));
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return shown(schema.unwrap(), value);
  if (schema instanceof z.ZodRecord) return value;
  if (schema instanceof z.ZodDiscriminatedUnion) return shown(kindOf(schema, value), value);
  throw new TypeError(`an answer's schema is of a kind that no view is made by: ${(schema as z.ZodType).type}`);
}

function kindOf({ options, def: { discriminator } }: z.ZodDiscriminatedUnion, value: object): z.core.$ZodType {
  const kind = (value as Record<string, unknown>)[discriminator];
  const option = options.find((one) => one instanceof z.ZodObject && (one.shape[discriminator] as z.ZodType).safeParse(kind).success);
  if (option === undefined) throw new TypeError(`an answer is of a kind that its schema does not name: ${String(kind)}`);
  return option;
}
