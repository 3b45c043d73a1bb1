import { raw, type Request, type Response } from 'express';
import { Refusal } from '../../broker/port.ts';
import { RequestInvalid } from './request-invalid.ts';

/** Bytes, unless a route says otherwise. The longest valid body is about a tenth of it. */
const LONGEST_BODY = 64 * 1024;
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON value a request carries.
 * @throws Refusal `request-not-json` for another media type or bytes that are no UTF-8; RequestInvalid for malformed JSON;
 *   the parser's own errors for too long a body or a compressed one
 */
export async function readJson(request: Request, response: Response, longest = LONGEST_BODY): Promise<unknown> {
  const text = await readText(request, response, JSON_TYPE, longest);
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestInvalid();
  }
}

/** The fields of a form that another server sends. One that is there twice is none. @throws as {@link readJson} */
export async function readForm(request: Request, response: Response, longest = LONGEST_BODY): Promise<Record<string, string>> {
  const form = new URLSearchParams(await readText(request, response, FORM_TYPE, longest));
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) throw new RequestInvalid();
  return Object.fromEntries(form);
}

/** @throws RequestInvalid where a route that takes no body is sent one */
export function requireNoBody(request: Request): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined || (length !== undefined && Number(length) !== 0)) throw new RequestInvalid();
}

async function readText(request: Request, response: Response, type: RegExp, longest: number): Promise<string> {
  if (!type.test(request.headers['content-type'] ?? '')) throw new Refusal('request-not-json');
  const readBytes = raw({ type: () => true, limit: longest, inflate: false });
  await new Promise<void>((done, fail) => readBytes(request, response, (error?: unknown) => (error === undefined ? done() : fail(error))));
  return decoded(request.body);
}

function decoded(bytes: unknown): string {
  try {
    return Buffer.isBuffer(bytes) ? decoder.decode(bytes) : '';
  } catch (cause) {
    throw new Refusal('request-not-json', {}, { cause });
  }
}
