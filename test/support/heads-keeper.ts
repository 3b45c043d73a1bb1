import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCheckpointer, createTrail, readSigner, writeSigningKey, type Signer } from '../../broker/audit/index.ts';
import { randomIds, systemClock, type Clock } from '../../broker/environment.ts';
import type { Database } from '../../broker/store/index.ts';

/** A directory outside the database with a signing key and the heads files of gateways. */
export type HeadsKeeper = {
  readonly directory: string;
  readonly signer: Signer;
  readonly publicKeyFile: string;
  headsFile(gateway: string): string;
  /** The checkpoints in a heads file, read. */
  checkpoints(gateway: string): Promise<{ number: number; gateway: string; at: string; heads: [number, number, string][] }[]>;
  gateway(database: Database, name: string, options?: { clock?: Clock; intervalSeconds?: number }): ReturnType<typeof createCheckpointer> & { readonly told: { message: string; fields?: Record<string, unknown> }[] };
  remove(): Promise<void>;
};

export async function createHeadsKeeper(): Promise<HeadsKeeper> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-heads-'));
  const privateKeyFile = join(directory, 'audit.pem');
  const publicKeyFile = join(directory, 'audit.pub.pem');
  await writeSigningKey(privateKeyFile);
  const signer = await readSigner(privateKeyFile);
  await writeFile(publicKeyFile, signer.publicKey);
  const headsFile = (gateway: string) => join(directory, `${gateway}.heads`);
  return {
    directory,
    signer,
    publicKeyFile,
    headsFile,
    async checkpoints(gateway) {
      const lines = (await readFile(headsFile(gateway), 'utf8')).trimEnd().split('\n').filter((line) => line.endsWith('}'));
      return lines.map((line) => JSON.parse((JSON.parse(line) as { body: string }).body) as { number: number; gateway: string; at: string; heads: [number, number, string][] });
    },
    gateway(database, name, { clock = systemClock, intervalSeconds = 3_600 } = {}) {
      const told: { message: string; fields?: Record<string, unknown> }[] = [];
      const log = { error: (message: string, fields?: Record<string, unknown>) => void told.push({ message, ...(fields && { fields }) }) };
      const trail = createTrail({ clock, ids: randomIds });
      return { ...createCheckpointer({ database, trail, signer, clock, log, headsFile: headsFile(name), gateway: name, intervalSeconds }), told };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
