import { raw, type Request, type Response } from 'express';
import { Refusal } from '../../broker/port.ts';
import { RequestInvalid } from './request-invalid.ts';

/** Bytes, unless a route says otherwise. The longest valid body is about a tenth of it. */
const LONGEST_BODY = 64 * 1024;
const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON value a request carries.
 * @throws Refusal `request-not-json` for another media type or bytes that are no UTF-8; RequestInvalid for malformed JSON;
 *   the parser's own errors for too long a body or a compressed one
 */
export async function readJson(request: Request, response: Response, longest = LONGEST_BODY): Promise<unknown> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new Refusal('request-not-json');
  const readBytes = raw({ type: () => true, limit: longest, inflate: false });
  await new Promise<void>((done, fail) => readBytes(request, response, (error?: unknown) => (error === undefined ? done() : fail(error))));
  const text = decoded(request.body);
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestInvalid();
  }
}

/** @throws RequestInvalid where a route that takes no body is sent one */
export function requireNoBody(request: Request): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined || (length !== undefined && Number(length) !== 0)) throw new RequestInvalid();
}

function decoded(bytes: unknown): string {
  try {
    return Buffer.isBuffer(bytes) ? decoder.decode(bytes) : '';
  } catch (cause) {
    throw new Refusal('request-not-json', {}, { cause });
  }
}
