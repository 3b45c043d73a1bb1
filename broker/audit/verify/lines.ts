import { createReadStream } from 'node:fs';

/** A line without its end, and whether it has one. */
export type Line = { readonly text: string; readonly bytes: Buffer; readonly ended: boolean };

const NEWLINE = 0x0a;

/** The lines of a file, each with the bytes it is made of. Only `\n` ends a line. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      yield lineOf(Buffer.concat([...rest, chunk.subarray(from, end)]), true);
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield lineOf(Buffer.concat(rest), false);
}

const lineOf = (bytes: Buffer, ended: boolean): Line => ({ text: bytes.toString('utf8'), bytes, ended });
