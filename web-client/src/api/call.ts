import type { Problem as ProblemDocument } from '../../../gateway/http/schemas/index.ts';
import { isAttended, noteActivity } from '../sign-in-end/activity.ts';
import { Problem } from './problem.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * One call of the HTTP contract, with this page's cookie. Resolves to the answer's body, or to undefined where the
 * contract says 204. Throws a {@link Problem} for everything else.
 */
export async function call<Answer = undefined>(method: Method, path: `/api/${string}`, body?: object): Promise<Answer> {
  const attended = isAttended();
  const response = await send(method, path, body, attended);
  if (!response.ok) throw await problemOf(response);
  if (attended) noteActivity();
  if (response.status === 204) return undefined as Answer;
  return (await json(response)) as Answer;
}

async function send(method: Method, path: string, body: object | undefined, attended: boolean): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: {
        accept: 'application/json, application/problem+json',
        'accept-language': document.documentElement.lang,
        ...(body && { 'content-type': 'application/json' }),
        ...(!attended && { 'x-sekisho-unattended': '1' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
  } catch (cause) {
    throw Object.assign(new Problem('network-unreachable', 0), { cause });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body = await json(response);
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    const document = body as ProblemDocument;
    return new Problem(document.code, response.status, document);
  }
  return new Problem('answer-unreadable', response.status);
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Problem('answer-unreadable', response.status);
  }
}
