import { request } from 'node:https';
import type { Answer, HttpClient } from '../http-client.ts';

/** Goes to a provider as a browser does, with its cookies and redirects, until that sends it back. @returns the query of the callback */
export async function walk(location: string, { ca, jar = new Map<string, string>() }: { ca: string; jar?: Map<string, string> }): Promise<string> {
  const { origin } = new URL(location);
  let at = new URL(location);
  for (let steps = 0; steps < 12; steps += 1) {
    const { status, headers } = await get(at, ca, jar);
    const next = headers.location;
    if (next === undefined) throw new Error(`${at.href}: ${status} and no way on`);
    at = new URL(next, at);
    if (at.origin !== origin) return at.search.slice(1);
  }
  throw new Error('the provider sends its visitors in circles');
}

/** Begins, walks and hands in the answer. `spoil` changes the query on the way. */
export async function signInAt(client: HttpClient, { ca, provider, jar, returnTo = '/', spoil = (query) => query }: { ca: string; provider: string; jar?: Map<string, string>; returnTo?: string; spoil?: (query: string) => string }): Promise<Answer> {
  const begun = await client.call('POST', '/api/sign-in/provider', { json: { provider, returnTo } });
  if (begun.status !== 200) return begun;
  const query = await walk(begun.json<{ location: string }>().location, { ca, ...(jar && { jar }) });
  return client.call('POST', '/api/sign-in/provider/answer', { json: { provider, answer: spoil(query) } });
}

function get(at: URL, ca: string, jar: Map<string, string>): Promise<{ status: number; headers: Record<string, string | undefined> & { location?: string } }> {
  return new Promise((done, fail) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const call = request(at, { ca, agent: false, headers: cookie === '' ? {} : { cookie } }, (response) => {
      response.resume();
      for (const line of response.headers['set-cookie'] ?? []) {
        const [name = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s);
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      response.on('end', () => done({ status: response.statusCode!, headers: response.headers as never }));
    });
    call.on('error', fail);
    call.end();
  });
}
