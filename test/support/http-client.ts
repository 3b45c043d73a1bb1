import { request, type Agent } from 'node:https';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  json<Body = Record<string, unknown>>(): Body;
};

export type Sent = {
  /** Sent as JSON, with its content-type. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Buffer;
  /** Over the usual ones; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
};

/** A browser as far as HTTP goes: it keeps cookies and sends what a page of the service's own origin would. */
export type HttpClient = {
  readonly cookies: Map<string, string>;
  call(method: string, path: string, sent?: Sent): Promise<Answer>;
};

/** Each call has a connection of its own, unless an agent keeps some. */
export function createHttpClient({ origin, ca, cookies = new Map<string, string>(), agent = false }: { origin: string; ca: string; cookies?: Map<string, string>; agent?: Agent | false }): HttpClient {
  return {
    cookies,
    async call(method, path, sent = {}) {
      const body = sent.json === undefined ? sent.body : JSON.stringify(sent.json);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const usual = {
        'accept': 'application/json',
        'accept-language': 'ja',
        'origin': method === 'GET' || method === 'HEAD' ? undefined : origin,
        'sec-fetch-site': 'same-origin',
        'cookie': cookie === '' ? undefined : cookie,
        'content-type': sent.json === undefined ? undefined : 'application/json',
        'content-length': body === undefined ? undefined : String(Buffer.byteLength(body)),
      };
      const answer = await send(origin, { ca, agent }, { method, path, headers: { ...usual, ...sent.headers }, body });
      for (const line of answer.setCookies) remember(cookies, line);
      return answer;
    },
  };
}

type Raw = { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string | undefined>>; readonly body: string | Buffer | undefined };

function send(origin: string, line: { readonly ca: string; readonly agent: Agent | false }, { method, path, headers, body }: Raw): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const given = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return new Promise((done, fail) => {
    const call = request({ hostname, port, method, path, headers: given, ...line }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const flat = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
        done({ status: response.statusCode!, headers: flat, setCookies: response.headers['set-cookie'] ?? [], text, json: () => JSON.parse(text) });
      });
    });
    // A server may answer and close before it has read everything; the answer counts.
    let answered = false;
    call.on('response', () => (answered = true));
    call.on('error', (error) => (answered ? undefined : fail(error)));
    call.end(body);
  });
}

function remember(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const [name = '', value = ''] = pair.split('=', 2);
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value);
}
