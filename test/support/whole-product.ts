import { operator } from './office.ts';
import { startGateway, type TestGateway, type TestGatewayOptions } from './gateway.ts';
import { startOffice, type Office, type RealDesktop } from './parts.ts';
import type { Person } from './people.ts';

/** The product in front of a real office: guacd, a VNC and an RDP desktop, PostgreSQL. */
export type WholeProduct = {
  readonly office: Office;
  readonly gateway: TestGateway;
  /** The person to whom both desktops are assigned. */
  readonly owner: Person;
  /** Ids and names in the product, by protocol. */
  readonly desktops: Readonly<Record<'vnc' | 'rdp', { readonly id: string; readonly name: string }>>;
  stop(): Promise<void>;
};

/** @param office one that runs already; without it, one is started and stopped with the product */
export async function startWholeProduct(options: TestGatewayOptions & { readonly office?: Office } = {}): Promise<WholeProduct> {
  const office = options.office ?? (await startOffice());
  try {
    const gateway = await startGateway({ guacd: `${office.guacd.host}:${office.guacd.port}`, ...options });
    const owner = await gateway.addPerson({ username: 'seki', displayName: '関 守' });
    const desktops = { vnc: await addDesktop(gateway, owner, office.vnc), rdp: await addDesktop(gateway, owner, office.rdp) };
    const stop = async () => {
      await gateway.stop();
      if (options.office === undefined) await office.stop();
    };
    return { office, gateway, owner, desktops, stop };
  } catch (error) {
    if (options.office === undefined) await office.stop();
    throw error;
  }
}

async function addDesktop({ broker }: TestGateway, { organisationId, id: personId }: Person, { protocol, host, port, username, password }: RealDesktop) {
  const name = protocol === 'vnc' ? '総務課 共用端末' : '総務課 関のパソコン';
  const { id } = await broker.desktopsAdmin.add(
    {
      organisationId,
      name,
      protocol,
      host,
      port,
      credentials: { password, ...(username === undefined ? {} : { username }) },
      ...(protocol === 'rdp' ? { parameters: { security: 'any', 'server-layout': 'ja-jp-qwerty' }, acceptAnyCertificate: true } : {}),
    },
    operator,
  );
  await broker.desktopsAdmin.assign({ organisationId, desktopId: id, personId }, operator);
  return { id, name };
}
