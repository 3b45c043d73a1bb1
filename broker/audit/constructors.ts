import { reduce } from './reduce.ts';
import type { AuditEvent, Circumstances, Definition, Delivery, Fields, Input } from './event.ts';

/** One function an event: takes its circumstances and its fields, gives what {@link reduce} leaves of them. Pure. */
export function constructors<C extends Readonly<Record<string, Definition>>>(catalogue: C): Constructors<C> {
  const made = Object.entries(catalogue).map(([name, definition]) => [name, constructor(name, definition)]);
  return Object.freeze(Object.fromEntries(made)) as Constructors<C>;
}

type Constructors<C> = {
  readonly [Name in keyof C]: C[Name] extends Definition<infer F extends Fields, infer D extends Delivery> ? (input: Input<F>) => AuditEvent<D> : never;
};

function constructor(name: string, { code, delivery, fields }: Definition) {
  return ({ actor, organisationId, address, ...values }: Circumstances & Readonly<Record<string, unknown>>): AuditEvent => ({
    name,
    code,
    delivery,
    actor,
    organisationId,
    address,
    fields: reduce(fields, values),
  });
}
