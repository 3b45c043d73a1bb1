import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What a real guacd 1.3.0 sent after `ready`, to somebody who is allowed everything; record.ts says how it came about. */
export function capture(protocol: 'vnc' | 'rdp'): Buffer {
  return gunzipSync(readFileSync(join(import.meta.dirname, `${protocol}.guac.gz`)));
}
