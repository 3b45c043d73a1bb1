import type { z } from 'zod';
import type { Action, Code, Language, RequestOrigin, SignedIn } from '../../broker/port.ts';

/**
 * Who may call a route. `half-signed-in`: holds the token of a sign-in whose second step is open, which the broker checks;
 * `signed-in`: a complete sign-in.
 */
export type Who = 'public' | 'half-signed-in' | 'signed-in';

/** One row of the table of routes. Nothing is reachable that has no row. */
export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** In Express's notation, such as `/api/leases/:id`. */
  readonly path: string;
  readonly who: Who;
  /** Why a public route is public. */
  readonly why?: string;
  /** Refused early to whom no role allows it at all. What exactly a role reaches, and all the rest, the broker decides. */
  readonly action?: Action;
  readonly summary: string;
  /** Left out of the OpenAPI document: pages and assets. */
  readonly page?: true;
  /** Called by another server: it has neither our Origin nor a cookie, and its body is a form. */
  readonly machine?: true;
  readonly accepts: Accepts;
  /** Bytes, where a body may be longer than usual. */
  readonly longestBody?: number;
  /** `type` where it is no JSON. */
  readonly answers: { readonly status: number; readonly schema?: z.ZodType; readonly type?: string; /** Of a second kind. */ readonly or?: { readonly status: number; readonly schema: z.ZodType } };
  /** Codes that its problem documents may carry besides those that every route has. */
  readonly refusals: readonly Code[];
  handle(call: AnyCall): Promise<Answer>;
};

/** What a handler gives back; how it becomes bytes and headers is not its business. */
export type Answer = {
  readonly status: number;
  readonly json?: object;
  readonly bytes?: Buffer;
  /** What is sent piece by piece; `json` and `bytes` are absent then. */
  readonly pieces?: AsyncIterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set-Cookie lines. */
  readonly cookies?: readonly string[];
};

type Accepts = { readonly body?: z.ZodType; readonly params?: z.ZodType; readonly query?: z.ZodType };

type Bearer<W extends Who> = W extends 'signed-in'
  ? { readonly person: SignedIn; readonly token: string }
  : W extends 'half-signed-in'
    ? { readonly token: string }
    : object;

type Call<W extends Who, A extends Accepts> = Bearer<W> & {
  readonly origin: RequestOrigin;
  readonly language: Language;
  readonly body: Read<A, 'body'>;
  readonly params: Read<A, 'params'>;
  readonly query: Read<A, 'query'>;
  /** Of the request; lower-case name. */
  header(name: string): string | undefined;
};

type Read<A extends Accepts, Part extends keyof Accepts> = A[Part] extends z.ZodType ? z.infer<A[Part]> : undefined;

export type AnyCall = Omit<Call<'public', object>, 'body' | 'params' | 'query'> & {
  readonly body: unknown;
  readonly params: unknown;
  readonly query: unknown;
  readonly person?: SignedIn;
  readonly token?: string;
};

/** Makes a row whose handler sees exactly what the row lets through. */
export function route<const W extends Who, const A extends Accepts = object>(
  row: Omit<Route, 'who' | 'accepts' | 'refusals' | 'handle' | 'why' | 'action'> &
    (W extends 'public' ? { readonly why: string } : object) &
    (W extends 'signed-in' ? { readonly action?: Action } : object) & {
      readonly who: W;
      readonly accepts?: A;
      readonly refusals?: readonly Code[];
      handle(call: Call<W, A>): Promise<Answer>;
    },
): Route {
  // The runner fills a call by the row's own `who` and `accepts`, so what the handler asks for is there.
  return { accepts: {}, refusals: [], ...row, handle: row.handle };
}
