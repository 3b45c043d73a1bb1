import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export type SignedBody = { readonly body: Buffer; readonly signature: Buffer };

/** The file of signed heads that one gateway keeps outside the database. It is only ever appended to, so it may be on append-only storage. */
export type HeadsWriter = {
  /** The last checkpoint in the file. */
  last(): SignedBody | undefined;
  /** Resolves once the lines are on disk. After a failure the next call ends the torn line first. */
  append(checkpoints: readonly SignedBody[]): Promise<void>;
  close(): Promise<void>;
};

/** Where the last whole line is looked for, in bytes from the end of the file. A checkpoint of 32 lanes has about 3,000. */
const TAIL = 1 << 18;

/** One gateway a file: what two write at once would be refused by the verifier. */
export async function openHeadsWriter(path: string): Promise<HeadsWriter> {
  const created = (await stat(path).catch(() => undefined)) === undefined;
  const file = await open(path, 'a+', 0o640);
  // A new file is only there after a crash when its directory says so.
  if (created) await syncDirectory(dirname(path));
  const tail = await readTail(file);
  let last = lastIn(tail);
  let torn = tail !== '' && !tail.endsWith('\n');

  return {
    last: () => last,
    async append(checkpoints) {
      // Line by line: whatever fails, a torn line is followed by the same one, whole.
      for (const checkpoint of checkpoints) {
        const line = `${torn ? '\n' : ''}${lineOf(checkpoint)}`;
        torn = true;
        await file.appendFile(line);
        torn = false;
        last = checkpoint;
      }
      await file.datasync();
    },
    close: () => file.close(),
  };
}

function lineOf({ body, signature }: SignedBody): string {
  return `${JSON.stringify({ body: body.toString('utf8'), signature: signature.toString('base64url') })}\n`;
}

async function readTail(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const length = Math.min(size, TAIL);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString('utf8', 0, bytesRead);
}

/** What is after the last newline was never finished; what cannot be read is left for the verifier to name. */
function lastIn(tail: string): SignedBody | undefined {
  for (const line of tail.split('\n').slice(0, -1).toReversed()) {
    try {
      const { body, signature } = JSON.parse(line) as { body: string; signature: string };
      return { body: Buffer.from(body), signature: Buffer.from(signature, 'base64url') };
    } catch {
      continue;
    }
  }
  return undefined;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
