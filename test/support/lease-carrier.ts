/** A process that carries a lease until it is killed. It writes the lease's id once it does. */
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { readSigner } from '../../broker/audit/index.ts';
import { createBroker } from '../../broker/index.ts';
import type { SignedIn } from '../../broker/port.ts';
import { createSecretBox } from '../../broker/secret-box.ts';
import { addressAt, guacds, silentLog } from './office.ts';

type Carrying = { connectionString: string; directory: string; auditKey: string; person: SignedIn; desktopId: string; dutyId: string };

const { connectionString, directory, auditKey, person, desktopId, dutyId } = JSON.parse(process.argv[2] ?? '') as Carrying;
const broker = await createBroker({
  connectionString,
  secretBox: createSecretBox([randomBytes(32)]),
  auditSigner: await readSigner(auditKey),
  headsFile: join(directory, 'heads-carrier.jsonl'),
  policyDirectory: join(import.meta.dirname, '../../policies'),
  version: 'test',
  log: silentLog,
});
const origin = { address: addressAt('office'), userAgent: 'test' };
const { id } = await broker.leases.request({ person, desktopId, dutyId, origin, credentials: { username: 'u', password: 'p' } });
await broker.leases.claim({ person, leaseId: id, origin, guacds });
process.stdout.write(`${id}\n`);
