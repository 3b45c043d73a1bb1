import type { Administration } from '../../broker/administration.ts';
import type { PriorityClass, Zone } from '../../broker/port.ts';
import type { Office } from '../parts/index.ts';
import type { DemoAccount } from './accounts.ts';

const ORGANISATION = 'みほん市';
/** Each under the one before it that it names. */
const UNITS: readonly { readonly name: string; readonly parent?: string }[] = [
  { name: '総務部' },
  { name: '総務課', parent: '総務部' },
  { name: '危機管理課', parent: '総務部' },
  { name: '情報政策課', parent: '総務部' },
];
const DUTIES: readonly { readonly name: string; readonly class: PriorityClass; readonly zone: Zone }[] = [
  { name: '災害対策本部運営', class: 'P0', zone: 'internet' },
  { name: '避難所情報の公表', class: 'P1', zone: 'internet' },
  { name: '庶務', class: 'P5', zone: 'internet' },
  { name: '罹災証明の発行', class: 'P2', zone: 'lgwan' },
  { name: '住民記録', class: 'P3', zone: 'my-number' },
];
/** By username. Who is not named is not there. `heads`: the unit that the person is head of. */
const PLACES: Readonly<Record<string, { readonly unit: string; readonly heads?: string; readonly duties: readonly string[]; readonly desktops: readonly ('vnc' | 'rdp')[] }>> = {
  suzuki: { unit: '危機管理課', duties: ['災害対策本部運営', '避難所情報の公表'], desktops: ['vnc', 'rdp'] },
  sato: { unit: '総務課', duties: ['庶務', '罹災証明の発行', '住民記録'], desktops: ['rdp'] },
  yamamoto: { unit: '総務課', heads: '総務課', duties: ['庶務'], desktops: [] },
  ito: { unit: '危機管理課', duties: [], desktops: [] },
  watanabe: { unit: '総務部', duties: [], desktops: [] },
  nakamura: { unit: '総務課', duties: [], desktops: [] },
  takahashi: { unit: '情報政策課', duties: ['庶務'], desktops: ['vnc'] },
  tanaka: { unit: '情報政策課', duties: [], desktops: [] },
};

const DESKTOPS = { vnc: '防災課 VNC デスクトップ', rdp: '総務課 RDP デスクトップ' } as const;

/**
 * Puts the demo's organisation into the database, as far as it is not there yet: an interrupted start goes on, and a later
 * one changes nothing.
 * @throws Error where the desktops in the database are others than those that run
 */
export async function seed({ directory, desktopsAdmin }: Administration, office: Pick<Office, 'vnc' | 'rdp'>, accounts: readonly DemoAccount[]): Promise<void> {
  const organisation = (await directory.listOrganisations()).find(({ name }) => name === ORGANISATION) ?? (await directory.addOrganisation({ name: ORGANISATION }));
  const organisationId = organisation.id;

  const units = new Map((await directory.listUnits({ organisationId })).map(({ name, id }) => [name, id]));
  for (const { name, parent } of UNITS) {
    if (units.has(name)) continue;
    const parentId = parent === undefined ? undefined : units.get(parent);
    units.set(name, (await directory.addUnit({ organisationId, name, ...(parentId !== undefined && { parentId }) })).id);
  }
  const duties = new Map((await directory.listDuties({ organisationId })).map(({ name, id }) => [name, id]));
  for (const duty of DUTIES) if (!duties.has(duty.name)) duties.set(duty.name, (await directory.addDuty({ organisationId, ...duty })).id);
  const desktops = await seedDesktops(desktopsAdmin, organisationId, office);

  for (const { name, ...account } of accounts) {
    const place = PLACES[account.username];
    if (!place) continue;
    const unitId = units.get(place.unit)!;
    const known = await directory.findPerson({ username: account.username });
    // A head's role is for the unit, and follows.
    const roles = account.roles.filter((role) => role !== 'unit-head');
    const { id: personId } = known ?? (await directory.addPersonWithCredentials({ organisationId, unitId, displayName: name, ...account, roles }));
    if (place.heads !== undefined) await directory.grantRole({ personId, role: 'unit-head', unitId: units.get(place.heads)! });
    for (const duty of place.duties) await directory.assignDuty({ personId, dutyId: duties.get(duty)! });
    for (const desktop of place.desktops) await desktopsAdmin.assign({ organisationId, desktopId: desktops[desktop], personId }, { kind: 'system' });
  }
}

async function seedDesktops(admin: Administration['desktopsAdmin'], organisationId: string, office: Pick<Office, 'vnc' | 'rdp'>): Promise<{ vnc: string; rdp: string }> {
  const known = await admin.list(organisationId);
  const ensure = async (protocol: 'vnc' | 'rdp') => {
    const { host, port, username, password } = office[protocol];
    const name = DESKTOPS[protocol];
    const record = known.find((desktop) => desktop.name === name);
    if (record && (record.host !== host || record.port !== port)) throw new Error(`The database knows "${name}" at ${record.host}:${record.port}, but it runs at ${host}:${port}`);
    if (record) return record.id;
    const special = protocol === 'rdp' ? { acceptAnyCertificate: true, parameters: { security: 'any', 'server-layout': 'ja-jp-qwerty', 'resize-method': 'display-update' } } : {};
    const credentials = { password, ...(username !== undefined && { username }) };
    return (await admin.add({ organisationId, name, protocol, host, port, credentials, ...special }, { kind: 'system' })).id;
  };
  return { vnc: await ensure('vnc'), rdp: await ensure('rdp') };
}
