import type { ParseArgsConfig } from 'node:util';
import type { Language } from '../broker/port.ts';
import type { Connection } from './connection.ts';

/** One command: `sekisho <noun> <verb> …`. */
export type Command = {
  /** Behind the noun and the verb, such as `NAME [--organisation ORGANISATION]`. */
  readonly usage: string;
  readonly summary: Readonly<Record<Language, string>>;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** The fewest and the most words behind the verb. */
  readonly words?: readonly [number, number];
  readonly run: (call: Call) => Promise<Result>;
};

export type Commands = Readonly<Record<string, Readonly<Record<string, Command>>>>;

export type Call = {
  readonly words: readonly string[];
  readonly values: Values;
  /** Opens the database when it is first asked for. */
  readonly connection: Connection;
  readonly stdin: AsyncIterable<Buffer> & { readonly isTTY?: boolean };
  /** Says on a terminal what takes its time; nothing where the output is read by a program. */
  readonly progress: (text: string) => void;
};

/** Options as they were given. Each reader gives the option's value when it has that kind. */
export type Values = {
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  flag(name: string): boolean;
};

/** What a command has to say: rows for a table, or one thing, or a text of its own, or nothing but that it was done. `failed`: what it says is what is wrong. */
export type Result = ({ readonly items: readonly Item[] } | { readonly item: Item } | { readonly text: string; readonly json: unknown } | { readonly done: true }) & { readonly failed?: boolean };
export type Item = Readonly<Record<string, string | number | boolean | null | readonly string[] | Readonly<Record<string, string>>>>;
