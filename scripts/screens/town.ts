import { operator } from '../../test/support/office.ts';
import type { Person } from '../../test/support/people.ts';
import type { WholeProduct } from '../../test/support/whole-product.ts';

/** Those whose pages are shown, by what they see. */
export type Cast = Readonly<Record<'staff' | 'administrator' | 'authority' | 'system' | 'officer' | 'head', Person>>;

const NAMES = ['佐藤 健', '鈴木 花子', '高橋 恵', '田中 真一', '伊藤 直子', '渡辺 誠', '山本 明', '中村 由美', '小林 大輔', '加藤 さくら', '吉田 隆', '山田 太郎', '佐々木 愛', '山口 修', '松本 綾', '井上 学', '木村 翔', '林 美咲', '清水 剛', '斎藤 純'];
const DUTIES = [
  { name: '災害対策本部運営', class: 'P0', zone: 'internet' },
  { name: '避難所情報の公表', class: 'P1', zone: 'internet' },
  { name: '罹災証明の発行', class: 'P2', zone: 'lgwan' },
  { name: '住民記録', class: 'P3', zone: 'my-number' },
  { name: '給与・契約', class: 'P4', zone: 'lgwan' },
  { name: '庁内研修', class: 'PX', zone: 'internet' },
] as const;

/** A town hall with enough in it that its lists look like lists: units, people, duties, desktops, a pool. */
export async function settle({ gateway, owner, desktops }: WholeProduct): Promise<Cast> {
  const { directory, desktopsAdmin } = gateway.broker;
  const { organisationId } = owner;
  const units = [];
  for (const name of ['危機管理課', '税務課', '福祉課', '情報政策課']) units.push((await directory.addUnit({ organisationId, name })).id);
  const duties = [];
  for (const duty of DUTIES) duties.push((await directory.addDuty({ organisationId, ...duty })).id);
  for (const [index, displayName] of NAMES.entries()) {
    const { id: personId } = await directory.addPerson({ organisationId, unitId: units[index % units.length]!, username: `shokuin${String(index + 1).padStart(3, '0')}`, displayName, roles: ['staff'] });
    await directory.assignDuty({ personId, dutyId: duties[index % duties.length]! });
    const { id: desktopId } = await desktopsAdmin.add({ organisationId, name: `端末-${String(index + 1).padStart(3, '0')}`, protocol: 'rdp', host: `10.20.1.${index + 11}`, port: 3389, credentials: 'ask' }, operator);
    await desktopsAdmin.assign({ organisationId, desktopId, personId }, operator);
  }
  const colleague = (username: string, displayName: string, role: 'bcp-admin' | 'activation-authority' | 'system-admin' | 'security-officer' | 'unit-head') => gateway.addPerson({ username, displayName, roles: role === 'unit-head' ? ['staff', role] : [role], colleagueOf: owner });
  const staff = await gateway.addPerson({ username: 'sato', displayName: '佐藤 健', colleagueOf: owner });
  await directory.assignDuty({ personId: staff.id, dutyId: duties[2]! });
  await desktopsAdmin.assign({ organisationId, desktopId: desktops.vnc.id, personId: staff.id }, operator);
  return {
    staff,
    administrator: await colleague('ito', '伊藤 直子', 'bcp-admin'),
    authority: await colleague('watanabe', '渡辺 誠', 'activation-authority'),
    system: await colleague('tanaka', '田中 真一', 'system-admin'),
    officer: await colleague('takahashi', '高橋 恵', 'security-officer'),
    head: await colleague('yamamoto', '山本 明', 'unit-head'),
  };
}
