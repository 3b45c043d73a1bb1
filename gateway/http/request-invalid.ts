import type { z } from 'zod';

/** The request did not fit the schema of its route. */
export class RequestInvalid extends Error {
  override readonly name = 'RequestInvalid';
  readonly issues: readonly z.core.$ZodIssue[];

  constructor(issues: readonly z.core.$ZodIssue[] = []) {
    super('request-invalid');
    this.issues = issues;
  }
}

/** What a schema makes of a value. @throws RequestInvalid */
export function fitting<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RequestInvalid(result.error.issues);
}
