import { request } from 'node:https';
import { FIGURES } from './figures.ts';

/** What the libraries for OpenID Connect call to ask a provider something. */
export type Exchange = (url: string, options: { readonly method?: string; readonly headers?: ConstructorParameters<typeof Headers>[0]; readonly body?: unknown; readonly signal?: AbortSignal | null | undefined }) => Promise<Response>;

export type ExchangeDeps = {
  /** PEM; absent: the system's. */
  readonly ca?: string | undefined;
  readonly patience?: number;
  readonly longest?: number;
};

/** Asks a provider over TLS: no redirects, one deadline from the name look-up to the last byte, a bounded answer. Whatever goes wrong is an error. */
export function createExchange({ ca, patience = FIGURES.patience, longest = FIGURES.longestAnswer }: ExchangeDeps = {}): Exchange {
  return async (url, { method = 'GET', headers, body, signal }) => {
    const bytes = body === undefined || body === null ? undefined : bytesOf(body);
    const until = AbortSignal.any([AbortSignal.timeout(patience * 1000), ...(signal ? [signal] : [])]);
    return new Promise<Response>((done, fail) => {
      const given = Object.fromEntries(new Headers(headers).entries());
      const call = request(url, { method, signal: until, agent: false, ...(ca !== undefined && { ca }), headers: { ...given, ...(bytes && { 'content-length': String(bytes.length) }) } }, (answer) => {
        const chunks: Buffer[] = [];
        let length = 0;
        answer.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > longest) answer.destroy(new Error('the answer is too long'));
          else chunks.push(chunk);
        });
        answer.on('error', fail);
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          if (status < 200 || status > 599) return fail(new Error('no status of an answer'));
          const type = answer.headers['content-type'];
          done(new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers: type === undefined ? {} : { 'content-type': type } }));
        });
      });
      call.on('error', fail);
      call.end(bytes);
    });
  };
}

function bytesOf(body: unknown): Buffer {
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.from(body.toString());
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new Error('a body of this kind is not sent to providers');
}
