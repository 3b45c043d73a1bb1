import { randomBytes } from 'node:crypto';
import type { Broker } from '../../broker/index.ts';
import type { Person } from './people.ts';

const operator = { kind: 'operator' } as const;

export type NewTestDesktop = { readonly port?: number; readonly protocol?: 'vnc' | 'rdp'; readonly credentials?: { readonly password: string } | 'ask' };

/** A desktop on this machine that is assigned to the person. Without a port, nothing answers there. @returns its id */
export async function addDesktop(broker: Broker, person: Person, { port, protocol = 'vnc', credentials = { password: 'hunter2!' } }: NewTestDesktop = {}): Promise<string> {
  const { organisationId } = person;
  // One address is one desktop. Nobody listens on the loopback's other addresses at port 9 (discard).
  const address = port === undefined ? { host: `127.${randomBytes(3).map((byte) => (byte % 250) + 1).join('.')}`, port: 9 } : { host: '127.0.0.1', port };
  const { id } = await broker.desktopsAdmin.add({ organisationId, name: `総務-${randomBytes(3).toString('hex')}`, protocol, ...address, credentials }, operator);
  await broker.desktopsAdmin.assign({ organisationId, desktopId: id, personId: person.id }, operator);
  return id;
}
