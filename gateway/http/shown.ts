import type { z } from 'zod';
import type { Page } from '../../broker/port.ts';
import type { Answer } from './route.ts';
import { view, type Viewable } from './view.ts';

type Broker<Schema extends z.ZodObject> = Viewable<z.output<Schema>>;

export function shown<Schema extends z.ZodObject>(schema: Schema, value: Broker<Schema>): Answer {
  return { status: 200, json: view(schema, value) };
}

/** `location`: where it is found from now on, if it has an address of its own. */
export function made<Schema extends z.ZodObject>(schema: Schema, value: Broker<Schema>, location?: string): Answer {
  return { status: 201, json: view(schema, value), ...(location !== undefined && { headers: { location } }) };
}

/** A list that is whole. */
export function listed<Schema extends z.ZodObject>(schema: Schema, items: readonly Broker<Schema>[]): Answer {
  return { status: 200, json: { items: items.map((item) => view(schema, item)), next: null } };
}

/** A list of which this is a part. */
export function paged<Schema extends z.ZodObject>(schema: Schema, { items, next }: Page<Broker<Schema>>): Answer {
  return { status: 200, json: { items: items.map((item) => view(schema, item)), next } };
}
