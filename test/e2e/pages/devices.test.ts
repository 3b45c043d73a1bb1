import { createPublicKey, verify } from 'node:crypto';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { right } from '../../support/web-double/api.ts';
import { deviceIds, deviceOf } from '../../support/web-double/devices.ts';
import { officeScene, type Scene } from '../../support/web-double/scene.ts';
import { eventually } from '../../support/eventually.ts';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { startWebPages, type OpenPage, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const open = async (path: string, prepare: (scene: Scene) => void = () => undefined, may?: User['may']): Promise<OpenPage> => {
  const scene = officeScene();
  if (may !== undefined) scene.user = { ...scene.user, may };
  prepare(scene);
  const opened = await pages.open({ signedIn: true, scene });
  await opened.page.goto(path);
  return opened;
};
const sent = ({ scene }: OpenPage, call: string) => scene.calls.filter((one) => one.call === call).map(({ body }) => body);
const isSigned = (publicKey: string, text: string, signature: string): boolean => {
  const point = Buffer.from(publicKey, 'base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
};
const ask = async ({ page }: OpenPage): Promise<void> => {
  await page.getByRole('button', { name: 'この端末を登録' }).click();
  await page.locator('input[name=device-name]').fill('自宅のノート');
  await page.getByRole('button', { name: '登録を申請する' }).click();
};

describe('one\'s own devices', () => {
  it('are asked for by name, after a one-time code where one is needed, with a key that signs and cannot be taken out', async () => {
    const opened = await open('/security', (scene) => scene.refusals.set('POST /api/me/devices', { code: 'step-up-required' }));
    const { page } = opened;
    await page.getByRole('button', { name: 'この端末を登録' }).click();
    await page.getByRole('button', { name: '登録を申請する' }).click();
    await page.locator('.field-error').waitFor();
    expect(sent(opened, 'POST /api/me/devices')).toEqual([]);
    await page.locator('input[name=device-name]').fill('自宅のノート');
    await page.getByRole('button', { name: '登録を申請する' }).click();
    await page.locator('input[name=code]').fill(right.code);
    await page.keyboard.press('Enter');
    await page.getByText('承認待ち').waitFor();
    const [, body] = sent(opened, 'POST /api/me/devices') as { name: string; publicKey: string; signature: string; challengeId: string }[];
    expect(body).toMatchObject({ name: '自宅のノート', challengeId: deviceIds.challenge });
    expect(isSigned(body!.publicKey, ['sekisho device proof 1', 'registration', deviceIds.own, '-', 'AAAA'].join('\n'), body!.signature)).toBe(true);
    expect(await page.getByRole('button', { name: 'この端末を登録' }).count()).toBe(0);
    const exported = await page.evaluate<string>(`new Promise((resolve) => {
      const asked = indexedDB.open('sekisho', 1);
      asked.onsuccess = () => {
        const read = asked.result.transaction('device-keys').objectStore('device-keys').getAll();
        read.onsuccess = () => crypto.subtle.exportKey('jwk', read.result[0].privateKey).then(() => resolve('exported'), (error) => resolve(error.name));
      };
    })`);
    expect(exported).toBe('InvalidAccessError');
    await page.context().close();
  });

  it('are proved at the next opening of a page and in the address of a relay, and by no page without the key', async () => {
    const opened = await open('/security');
    const { page, scene } = opened;
    await ask(opened);
    await page.getByText('承認待ち').waitFor();
    scene.office.ownDevices = scene.office.ownDevices.map((one) => ({ ...one, state: 'registered' }));
    scene.calls.length = 0;
    const relays: string[] = [];
    page.on('websocket', (socket) => {
      if (socket.url().includes('/relay/')) relays.push(socket.url());
    });
    await page.goto('/');
    await eventually(() => expect(sent(opened, 'POST /api/me/device-proofs')).toMatchObject([{ deviceId: deviceIds.asked, challengeId: deviceIds.challenge }]));
    await page.locator('.card-ready .card-actions button').click();
    await eventually(() => expect(relays).toHaveLength(1));
    const query = new URL(relays[0]!).searchParams;
    expect([query.get('device'), query.get('challenge'), query.get('proof')?.length]).toEqual([deviceIds.asked, deviceIds.challenge, 86]);
    await page.context().close();

    const without = await open('/');
    const other: string[] = [];
    without.page.on('websocket', (socket) => {
      if (socket.url().includes('/relay/')) other.push(socket.url());
    });
    await without.page.locator('.card-ready .card-actions button').click();
    await eventually(() => expect(other).toHaveLength(1));
    expect(new URL(other[0]!).searchParams.has('proof')).toBe(false);
    expect(sent(without, 'POST /api/me/device-proofs')).toEqual([]);
    await without.page.context().close();
  });

  it('are ended with a reason, and the key with them', async () => {
    const opened = await open('/security');
    const { page } = opened;
    await ask(opened);
    await page.getByRole('button', { name: '終える 自宅のノート' }).click();
    await page.getByRole('alertdialog').locator('textarea').fill('買い替えた');
    await page.getByRole('button', { name: '登録を終える' }).click();
    await page.getByRole('button', { name: 'この端末を登録' }).waitFor();
    expect(sent(opened, `POST /api/me/devices/${deviceIds.asked}/end`)).toEqual([{ reason: '買い替えた' }]);
    expect(await page.getByText('（この端末）').count()).toBe(0);
    await page.context().close();
  });
});

describe('devices of others', () => {
  it('are approved after a word on what to check, and revoked with a reason', async () => {
    const opened = await open('/administration/devices', undefined, ['devices.view', 'devices.approve', 'devices.end']);
    const { page } = opened;
    await page.getByRole('button', { name: '承認 自宅のノートパソコン' }).click();
    expect(await page.getByRole('alertdialog').innerText()).toContain('本人が申請したことを');
    await page.getByRole('button', { name: '承認する' }).click();
    await page.getByRole('button', { name: '取り消す 自宅のノートパソコン' }).click();
    await page.getByRole('alertdialog').locator('textarea').fill('紛失');
    await page.getByRole('alertdialog').getByRole('button', { name: '取り消す' }).click();
    await eventually(() => expect(sent(opened, `POST /api/devices/${deviceIds.waiting}/end`)).toEqual([{ reason: '紛失' }]));
    expect(sent(opened, `POST /api/devices/${deviceIds.waiting}/approval`)).toEqual([{}]);
    await page.context().close();
  });
});

const administers = (scene: Scene): void => {
  scene.user = { ...scene.user, may: ['devices.view', 'devices.approve', 'devices.end'] };
};
const { person: _, sessions: __, may: ___, ...own } = deviceOf();
const states: readonly PageState[] = [
  { name: 'no devices', signedIn: true, reach: (page) => page.goto('/security').then(() => page.locator('#devices-title').waitFor()) },
  {
    name: 'own devices',
    signedIn: true,
    prepare: (scene) => {
      scene.office.ownDevices = [{ ...own, current: false }, { ...own, id: deviceIds.registered, name: '実家の共用でないパソコン', state: 'registered', until: new Date(Date.now() + 1e10).toISOString(), lastProvedAt: own.askedAt, current: true }];
    },
    reach: (page) => page.goto('/security').then(() => page.locator('.rows li').first().waitFor()),
  },
  {
    name: 'asking for a device',
    signedIn: true,
    reach: async (page) => {
      await page.goto('/security');
      await page.locator('.panel-head button').click();
      await page.locator('input[name=device-name]').waitFor();
    },
  },
  { name: 'devices of others', signedIn: true, prepare: administers, reach: (page) => page.goto('/administration/devices').then(() => page.getByRole('row').nth(1).waitFor()) },
];
checkStates(states, () => pages);
