/**
 * What an event of the audit trail (監査証跡) is made of. The events themselves stand in catalogue.ts.
 */

/** Something that was decided or done, before it got its identifier, its time and its place in the chain. */
export type AuditEvent<D extends Delivery = Delivery> = {
  readonly name: string;
  readonly code: EventCode;
  readonly delivery: D;
  readonly actor: Actor;
  readonly organisationId: string | undefined;
  /** IPv4 or IPv6 address of the client. */
  readonly address: string | undefined;
  /** Already reduced to what its classification lets onto the trail. */
  readonly fields: Readonly<Record<string, Plain>>;
};

/** A number never changes its meaning and is never used again. The thousands are the group. */
export type EventCode = `SKA-${number}`;

/**
 * `enforced`: written in the decision's own transaction, so that neither exists without the other.
 * `best-effort`: tells of something that stands whether or not it could be written.
 */
export type Delivery = 'enforced' | 'best-effort';

/** Who did it. A person who did not prove who they are has no `personId`; `operator` is the command line on the server. */
export type Actor = {
  readonly kind: 'person' | 'system' | 'operator';
  readonly personId?: string | undefined;
  readonly signInId?: string | undefined;
};

/**
 * What may be kept of a field's value.
 * - `public`: identifiers, codes, counts, states: kept.
 * - `personal`: says something about a person beyond an identifier: kept, and left out of anonymous reports.
 * - `length-only`: typed or sent by somebody who may have put a secret there: its length in characters is kept, never itself.
 *
 * A field with no classification is taken for a secret: only that it was there is kept.
 */
type Classification = 'public' | 'personal' | 'length-only';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export type Field<Value = unknown, Optional extends boolean = boolean> = {
  readonly classification: Classification;
  readonly optional: Optional;
  /** Only carries the type. */
  readonly value?: Value;
};
export type Fields = Readonly<Record<string, Field>>;

/** Fields that every event may carry beside its own. */
export type Circumstances = { readonly actor: Actor; readonly organisationId?: string | undefined; readonly address?: string | undefined };

type Required<F extends Fields> = { readonly [K in keyof F as F[K]['optional'] extends false ? K : never]: ValueOf<F[K]> };
type Optional<F extends Fields> = { readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: ValueOf<F[K]> | undefined };
type ValueOf<F> = F extends Field<infer Value> ? Value : never;
export type Input<F extends Fields> = Circumstances & Required<F> & Optional<F>;

export type Definition<F extends Fields = Fields, D extends Delivery = Delivery> = {
  readonly code: EventCode;
  readonly delivery: D;
  readonly fields: F;
};

export const enforced = <F extends Fields>(code: EventCode, fields: F): Definition<F, 'enforced'> => ({ code, delivery: 'enforced', fields });
export const bestEffort = <F extends Fields>(code: EventCode, fields: F): Definition<F, 'best-effort'> => ({ code, delivery: 'best-effort', fields });

/** A kept field; text unless said otherwise: `open<number>()`. */
export function open(): Field<string, false>;
export function open<Value>(): Field<Value, false>;
export function open(): Field<unknown, false> {
  return { classification: 'public', optional: false };
}

export const personal = (): Field<string, false> => ({ classification: 'personal', optional: false });
/** An optional field: `maybe(open())`. */
export const maybe = <Value>(field: Field<Value, false>): Field<Value, true> => ({ classification: field.classification, optional: true });
/** Text of which the length is recorded, never the text. */
export const lengthOnly = (): Field<string, false> => ({ classification: 'length-only', optional: false });
