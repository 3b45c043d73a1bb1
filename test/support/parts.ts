// The real parts that tests run against. Each is started by the test that uses it, on free ports, and stopped by it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../broker/store/embedded-postgres.ts';

export { startOffice, type Office } from '../../scripts/parts/index.ts';
export { startGuacd, type Guacd } from '../../scripts/parts/guacd.ts';
export { startVncDesktop } from '../../scripts/parts/vnc-desktop.ts';
export { startRdpDesktop } from '../../scripts/parts/rdp-desktop.ts';
export type { RealDesktop } from '../../scripts/parts/desktop.ts';

/** A fresh PostgreSQL of the test's own; `stop` removes its data, too. */
export async function startPostgres(): Promise<EmbeddedPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-test-pg-'));
  const postgres = await startEmbeddedPostgres({ directory, log: () => undefined });
  const stop = async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...postgres, stop };
}
