import type { SignedCheckpoint } from './checkpoint.ts';
import { linesOf } from './lines.ts';

/**
 * The checkpoints of a file of signed heads: one JSON object a line, `{"body":"…","signature":"…"}`.
 *
 * A machine that lost its power may have left a torn line; it was then written again, whole, on the next one. So a line
 * that the following one begins with is no loss, and neither is a last one without its end: it is just being written.
 */
export async function* headsFile(path: string): AsyncGenerator<SignedCheckpoint | 'unreadable'> {
  let previous: string | undefined;
  for await (const { text, ended } of linesOf(path)) {
    if (!ended) break;
    if (previous !== undefined && !text.startsWith(previous)) yield parse(previous);
    previous = text;
  }
  if (previous !== undefined) yield parse(previous);
}

function parse(line: string): SignedCheckpoint | 'unreadable' {
  try {
    const { body, signature, ...more } = JSON.parse(line) as Record<string, unknown>;
    if (typeof body !== 'string' || typeof signature !== 'string' || Object.keys(more).length > 0) return 'unreadable';
    return { body: Buffer.from(body), signature: Buffer.from(signature, 'base64url') };
  } catch {
    return 'unreadable';
  }
}
