import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSigner, writeSigningKey } from '../../broker/audit/index.ts';
import { createBroker, type Broker, type BrokerDeps } from '../../broker/index.ts';
import { createSecretBox } from '../../broker/secret-box.ts';
import { silentLog } from './office.ts';

/** What several brokers of one installation share: a database, keys and a policy. */
export async function brokerFactory(connectionString: string, policyDirectory = join(import.meta.dirname, '../../policies')) {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-broker-'));
  const key = join(directory, 'audit.pem');
  await writeSigningKey(key);
  const shared = { connectionString, policyDirectory, secretBox: createSecretBox([randomBytes(32)]), auditSigner: await readSigner(key), version: 'test', log: silentLog };
  const begun: Broker[] = [];
  return {
    directory,
    auditKey: key,
    async start(overrides: Partial<Pick<BrokerDeps, 'connectionString' | 'policyDirectory' | 'monotonic' | 'timeSource'>> = {}): Promise<Broker> {
      const broker = await createBroker({ ...shared, headsFile: join(directory, `heads-${begun.length}.jsonl`), ...overrides });
      begun.push(broker);
      return broker;
    },
    async close() {
      await Promise.all(begun.map((broker) => broker.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
