import type { Page } from 'playwright-core';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { importErrors, officeIds } from '../../support/web-double/administered-office.ts';
import { proposed } from '../../support/web-double/administration.ts';
import { deputyship, orderProposal, successionIds, zoneException } from '../../support/web-double/succession.ts';
import { right } from '../../support/web-double/api.ts';
import { officeScene, type Scene } from '../../support/web-double/scene.ts';
import { eventually } from '../../support/eventually.ts';
import { accessibilityFaults, startWebPages, type OpenPage, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const may: User['may'] = ['level.view', 'level.propose', 'level.approve', 'level.tighten', 'exceptions.view', 'exceptions.ask', 'exceptions.end', 'directory.view', 'units.manage', 'people.manage', 'roles.manage', 'duties.manage', 'duties.assign', 'desktops.view', 'desktops.manage'];
const openAs = (options: { language?: 'ja' | 'en'; may?: User['may']; width?: number; prepare?: (scene: Scene) => void } = {}): Promise<OpenPage> => {
  const scene = officeScene();
  scene.user = { ...scene.user, may: options.may ?? may };
  options.prepare?.(scene);
  return pages.open({ ...options, signedIn: true, scene });
};
/** Pixels that stick out to the side. */
const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
const file = (text: string | Buffer, name = 'people.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const chooseFile = (page: Page, text: string | Buffer = '\uFEFFusername\r\n'): Promise<void> => page.locator('input[type=file]').setInputFiles(file(text));
const dialog = (page: Page) => page.locator('[role=alertdialog], [role=dialog]').last();
const openDialog = async (page: Page, path: string, button: string): Promise<void> => {
  await page.goto(path);
  await page.locator(button).first().click();
  await dialog(page).waitFor();
};
const person = `/administration/people/${officeIds.sato}`;
const desktop = `/administration/desktops/${officeIds.ownPc}`;

const givenByProvider = ({ office }: Scene): void => {
  const sato = office.people.find(({ id }) => id === officeIds.sato)!;
  const followed = { id: officeIds.residual, role: 'shelter-manager', unitId: null, unitName: null, grantedAt: new Date().toISOString(), grantedBy: null, provider: 'city' } as const;
  Object.assign(sato, { roles: [...sato.roles, 'shelter-manager'], grants: [...sato.grants, followed] });
};

type State = { readonly name: string; readonly prepare?: (scene: Scene) => void; readonly reach: (page: Page) => Promise<unknown> };
const shown = (path: string, what: string) => (page: Page) => page.goto(path).then(() => page.locator(what).first().waitFor());

const states: readonly State[] = [
  {
    name: 'situation',
    prepare: ({ office }) => {
      office.situation = { ...office.situation, may: { ...office.situation.may, approve: true }, proposals: [proposed({ own: false }), proposed({ id: officeIds.residual, provisionalUntil: new Date(Date.now() + 5_000_000).toISOString() })] };
    },
    reach: shown('/administration/level', '.proposal'),
  },
  { name: 'proposing a level', reach: async (page) => (await openDialog(page, '/administration/level', '.console-actions .button-solid'), await page.locator('.effect-numbers').waitFor()) },
  { name: 'lowering the level', reach: async (page) => (await openDialog(page, '/administration/level', '.console-actions .button-outline'), await page.locator('.effect-numbers').waitFor()) },
  {
    name: 'succession with a deputy, an order that waits and a changed proposal',
    prepare: ({ office }) => {
      office.situation = { ...office.situation, proposals: [proposed({ supersedes: { level: '3', until: new Date(Date.now() + 86_400_000).toISOString(), reason: '大津波警報の発表', proposedBy: '田中 次郎', proposedAt: new Date().toISOString() } })] };
      office.succession = { ...office.succession, deputyship: deputyship(), proposals: [orderProposal()], may: { propose: true, approve: true, handOver: true, declare: true, endDeputyship: true } };
    },
    reach: shown('/administration/level', '[aria-labelledby=succession-title] article'),
  },
  { name: 'no order and no exception', prepare: ({ office }) => (office.succession = { ...office.succession, order: [], heads: [] }), reach: shown('/administration/level', '[aria-labelledby=succession-title] .empty-state') },
  { name: 'another order', reach: (page) => openDialog(page, '/administration/level', '[aria-labelledby=succession-title] .row-actions button') },
  {
    name: 'handing over',
    prepare: ({ office }) => (office.succession = { ...office.succession, may: { ...office.succession.may, propose: false, handOver: true } }),
    reach: (page) => openDialog(page, '/administration/level', '[aria-labelledby=succession-title] .row-actions button'),
  },
  {
    name: 'declaring those before absent',
    prepare: ({ office }) => (office.succession = { ...office.succession, may: { ...office.succession.may, propose: false, declare: true } }),
    reach: (page) => openDialog(page, '/administration/level', '[aria-labelledby=succession-title] .row-actions button'),
  },
  { name: 'exceptions', prepare: ({ office }) => (office.exceptions = [zoneException(), zoneException({ id: successionIds.order, state: 'holds', agreedBy: { id: successionIds.deputyMayor, displayName: '中村 副市長' }, agreedAt: new Date().toISOString(), asDeputy: true, until: new Date(Date.now() + 9_000_000).toISOString(), sessions: 1 })]), reach: shown('/administration/exceptions', 'tbody tr') },
  { name: 'no exceptions', reach: shown('/administration/exceptions', '[aria-labelledby=past-exceptions-title] .empty-state') },
  { name: 'asking for an exception', reach: async (page) => (await openDialog(page, '/administration/exceptions', '[aria-labelledby=exceptions-title] .panel-head button'), await page.locator('select[name=dutyId]').waitFor()) },
  { name: 'people', reach: shown('/administration/people', 'tbody tr') },
  { name: 'nobody', prepare: ({ office }) => (office.people = []), reach: shown('/administration/people', '.empty-state') },
  { name: 'people that may not be seen', prepare: (scene) => scene.refusals.set('GET /api/people', { code: 'forbidden' }), reach: shown('/administration/people', '[role=alert]') },
  { name: 'adding a person', reach: (page) => openDialog(page, '/administration/people', '.console-actions .button-solid') },
  { name: 'person', reach: shown(person, '[aria-labelledby=grants-title] li') },
  { name: 'keeping a role that a provider gave', prepare: givenByProvider, reach: (page) => openDialog(page, person, '[aria-labelledby=grants-title] li:last-child button') },
  { name: 'adding a role', reach: async (page) => (await openDialog(page, person, '[aria-labelledby=grants-title] .panel-head button'), await page.locator('select[name=role]').selectOption('activation-authority'), await page.locator('[role=alertdialog] .notice').waitFor()) },
  { name: 'naming a person at the identity provider', reach: (page) => openDialog(page, person, '[aria-labelledby=person-provider-title] .row-actions button') },
  { name: 'suspending a person', reach: (page) => openDialog(page, person, '[aria-labelledby=account-title] .row-actions button:last-child') },
  { name: 'duties', reach: shown('/administration/duties', 'tbody tr') },
  { name: 'changing a duty', reach: (page) => openDialog(page, '/administration/duties', 'tbody .row-actions button:nth-child(2)') },
  { name: 'retiring a duty', reach: (page) => openDialog(page, '/administration/duties', 'tbody .row-actions button:nth-child(3)') },
  { name: 'desktops', reach: shown('/administration/desktops', 'tbody tr') },
  { name: 'adding a desktop', reach: async (page) => (await openDialog(page, '/administration/desktops', '.console-actions button'), await page.locator('select[name=credentials]').selectOption('stored')) },
  { name: 'desktop', reach: shown(desktop, '[aria-labelledby=residual-title] li') },
  { name: 'ending what lives on', reach: (page) => openDialog(page, desktop, '[aria-labelledby=residual-title] li button') },
  { name: 'choosing a person', reach: async (page) => (await openDialog(page, desktop, '[aria-labelledby=assigned-title] .panel-head button'), await page.locator('.choose li').first().waitFor()) },
  { name: 'pools', reach: shown('/administration/pools', '.members') },
  { name: 'changing a pool', reach: (page) => openDialog(page, '/administration/pools', '.panel > .row-actions button') },
  { name: 'import', reach: shown('/administration/import', '.drop') },
  { name: 'import that would do', reach: async (page) => (await page.goto('/administration/import'), await chooseFile(page), await page.locator('.take').waitFor()) },
  {
    name: 'import with faults',
    prepare: ({ office }) => (office.preview = { ...office.preview, errors: importErrors }),
    reach: async (page) => (await page.goto('/administration/import'), await chooseFile(page), await page.locator('.number-bad').waitFor()),
  },
];

/** Lists are tables at the first width and cards at the second. */
describe.each([
  ['ja', 1440],
  ['en', 360],
] as const)('in %s at %i pixels', (language, width) => {
  it.each(states)('$name: axe-core finds nothing, no policy is breached, nothing is cut off from 320 to 1440 pixels', async ({ prepare, reach }) => {
    const { page, reports } = await openAs({ language, width, ...(prepare && { prepare }) });
    await reach(page);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(reports).toEqual([]);
    for (const other of [1440, 768, 360, 320]) {
      await page.setViewportSize({ width: other, height: 740 });
      await eventually(async () => expect([other, await overflow(page)]).toEqual([other, 0]));
    }
    await page.context().close();
  });
});

describe('the menu', () => {
  it('shows each person what they may open, and nothing else is opened', async () => {
    const { page, scene } = await openAs({ may: ['desktops.use', 'directory.view', 'level.view'] });
    await page.goto('/');
    await page.locator('.account-button').click();
    await page.locator('.account-area', { hasText: '管理' }).click();
    await page.locator('h1', { hasText: '状況盤' }).waitFor();
    expect(await page.locator('.side-link:not(.side-back)').allInnerTexts()).toEqual(['状況盤', '継続レベル', '訓練', '職員', '業務']);
    await page.locator('.side-link', { hasText: '継続レベル' }).click();
    await page.locator('.in-force-level').waitFor();
    expect(await page.locator('.console-actions button').count()).toBe(2);
    await page.goto('/administration/desktops');
    await page.locator('.notice-warning').waitFor();
    expect(scene.calls.filter(({ call }) => call.includes('desktop-records'))).toEqual([]);
    await page.context().close();
  });

  it('opens and closes on a phone, and leads on', async () => {
    const { page } = await openAs({ width: 360 });
    await page.goto('/administration/people');
    const button = page.locator('.console-menu-button button');
    await button.click();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await page.locator('.side-link', { hasText: '業務' }).click();
    await page.locator('h1', { hasText: '業務' }).waitFor();
    expect(await page.locator('.side').isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('by keyboard alone', () => {
  const mostStops = 60;
  const focusedName = (page: Page): Promise<string> => page.evaluate('(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()');
  async function goTo(page: Page, name: RegExp): Promise<void> {
    const seen: string[] = [];
    for (let stop = 0; stop < mostStops; stop += 1) {
      const found = await focusedName(page);
      if (name.test(found)) return;
      seen.push(found.slice(0, 20));
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${String(name)}; it came past ${JSON.stringify(seen)}`);
  }

  it('one proposes a level after seeing what it does, proves who one is, and takes it back', async () => {
    const { page, scene } = await openAs();
    scene.refusals.set('POST /api/level/proposals', { code: 'step-up-required' });
    await page.goto('/administration/level');
    await page.locator('.in-force').waitFor();
    await goTo(page, /^引き上げ・延長を提案$/u);
    await page.keyboard.press('Enter');
    await page.locator('.effect-numbers').waitFor();
    expect(await page.locator('.effect').innerText()).toContain('接続12件に予告が出て、5分後に終わります');
    expect(await page.locator('.effect').innerText()).toContain('40人が新しく利用できるようになります');
    expect(await page.locator('.effect-duties').innerText()).toContain('開く場所：自宅、避難所');
    await page.locator('select[name=level]').focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => expect(scene.calls.filter(({ call }) => call === 'GET /api/level/effect').map(({ query }) => query)).toContain('level=3&provisional=no'));
    await page.keyboard.press('ArrowUp');
    await page.locator('textarea').focus();
    await page.keyboard.insertText('庁舎が使えない');
    await goTo(page, /^「2 BCP発動」を提案する$/u);
    await page.keyboard.press('Enter');
    await page.locator('input[name=code]:focus').waitFor();
    await page.keyboard.insertText('２４６８１０');
    expect(right.code).toBe('246810');
    await page.keyboard.press('Enter');
    await page.locator('.said-box').waitFor();
    expect(scene.calls.filter(({ call }) => call === 'POST /api/level/proposals').map(({ body }) => [body['level'], body['event'], body['reason']])).toEqual([
      ['2', 'earthquake', '庁舎が使えない'],
      ['2', 'earthquake', '庁舎が使えない'],
    ]);
    expect(await page.locator('.proposal').innerText()).toContain('ご自分の提案は承認できません');
    expect(await page.locator('.proposal button', { hasText: '承認' }).count()).toBe(0);
    await goTo(page, /^提案を取り下げる$/u);
    await page.keyboard.press('Enter');
    await page.locator('[role=alertdialog]').waitFor();
    await goTo(page, /^取り下げる$/u);
    await page.keyboard.press('Enter');
    await page.locator('.proposal').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('another person approves it after seeing what it does', async () => {
    const { page, scene } = await openAs({ prepare: ({ office }) => (office.situation = { ...office.situation, may: { ...office.situation.may, approve: true }, proposals: [proposed({ own: false })] }) });
    await page.goto('/administration/level');
    await page.locator('.proposal').waitFor();
    await goTo(page, /^影響を確かめて承認$/u);
    await page.keyboard.press('Enter');
    await page.locator('.effect-numbers').waitFor();
    expect(scene.calls.some(({ call }) => call.endsWith('/approval'))).toBe(false);
    await goTo(page, /^承認して発動する$/u);
    await page.keyboard.press('Enter');
    await page.locator('.in-force-2').waitFor();
    expect(scene.calls.some(({ call }) => call === `POST /api/level/proposals/${officeIds.proposal}/approval`)).toBe(true);
    await page.context().close();
  });

  it('one looks at a file and imports it', async () => {
    const { page, scene } = await openAs();
    await page.goto('/administration/import');
    const shiftJis = Buffer.from([0x8e, 0x81, 0x96, 0xbc, 0x0d, 0x0a]);
    await chooseFile(page, shiftJis);
    await page.locator('.take').waitFor();
    expect(await page.locator('.drop [role=status]').innerText()).toContain('Shift_JIS');
    expect(scene.calls.find(({ call }) => call === 'POST /api/imports/people/preview')?.body).toEqual({ csv: '氏名\r\n' });
    expect(await page.locator('.numbers').innerText()).toMatch(/追加\s+2\s+変更\s+1/u);
    expect(await page.locator('tbody tr').last().innerText()).toContain('市民部 / 市民課');
    await page.locator('input[type=file]').focus();
    await goTo(page, /^3件を登録する$/u);
    await page.keyboard.press('Enter');
    await page.locator('.said-box').waitFor();
    expect(scene.calls.find(({ call }) => call === 'POST /api/imports/people')?.body).toEqual({ csv: '氏名\r\n', digest: 'sha256-0123' });
    await page.context().close();
  });
});

describe('what is asked and what is undone', () => {
  it('a level cannot be pressed before its effect is known', async () => {
    const { page } = await openAs({ prepare: (scene) => scene.refusals.set('GET /api/level/effect', { code: 'policy-missing' }) });
    await openDialog(page, '/administration/level', '.console-actions .button-outline');
    await page.locator('.effect [role=alert]').waitFor();
    expect(await page.locator('.dialog-actions .button-danger').isDisabled()).toBe(true);
    await page.context().close();
  });

  it('an account is suspended after a question, and enabled again with one press', async () => {
    const { page, scene } = await openAs();
    await openDialog(page, person, '[aria-labelledby=account-title] .row-actions button:last-child');
    await page.locator('.dialog-actions .button-danger').click();
    await page.locator('.status-off').waitFor();
    await page.locator('.said-box button').first().click();
    await page.locator('[aria-labelledby=account-title] .panel-head .status-good').waitFor();
    expect(scene.calls.map(({ call }) => call).filter((call) => call.endsWith('/suspension'))).toEqual([`POST /api/people/${officeIds.sato}/suspension`, `DELETE /api/people/${officeIds.sato}/suspension`]);
    await page.context().close();
  });

  it('the invitation link is shown once, selected', async () => {
    const { page } = await openAs();
    await openDialog(page, person, '[aria-labelledby=account-title] .row-actions button:nth-child(2)');
    await page.locator('.dialog-actions button').last().click();
    const link = page.locator('input[name=invitation-link]');
    await link.waitFor();
    expect(await link.inputValue()).toMatch(/^http:\/\/localhost:\d+\/welcome#.+/u);
    await eventually(async () => expect(await page.evaluate('String(getSelection())')).toContain('/welcome#'));
    await page.context().close();
  });

  it('roles that nobody may hold together are refused before they are sent', async () => {
    const { page, scene } = await openAs();
    await openDialog(page, person, '[aria-labelledby=grants-title] .panel-head button');
    await page.locator('select[name=role]').selectOption('activation-authority');
    expect(await page.locator('[role=alertdialog] .notice').innerText()).toContain('BCP管理者');
    expect(await page.locator('.dialog-actions button').last().isDisabled()).toBe(true);
    await page.locator('select[name=role]').selectOption('auditor');
    await page.locator('.dialog-actions button').last().click();
    await page.locator('.said-box').waitFor();
    expect(scene.calls.find(({ call }) => call.endsWith('/roles'))?.body).toEqual({ role: 'auditor', unitId: null });
    await page.context().close();
  });

  it('a role that follows from a provider is kept after a word on what that means, and is then as any other', async () => {
    const { page, scene } = await openAs({ prepare: givenByProvider });
    await openDialog(page, person, '[aria-labelledby=grants-title] li:last-child button:last-child');
    expect(await dialog(page).innerText()).toContain('認証基盤でグループを外してください');
    await page.keyboard.press('Escape');
    const row = page.locator('[aria-labelledby=grants-title] li').last();
    await row.getByRole('button', { name: '残す' }).click();
    expect(await dialog(page).innerText()).toContain('グループから外れても残ります');
    await page.locator('.dialog-actions button').last().click();
    await page.locator('.said-box').waitFor();
    expect(scene.calls.find(({ call }) => call.endsWith('/roles'))?.body).toEqual({ role: 'shelter-manager', unitId: null });
    expect(await row.innerText()).toContain('高橋 花子さんが付与');
    expect(await row.locator('button').count()).toBe(1);
    await page.context().close();
  });

  it('a session that lives on is written off with a reason', async () => {
    const { page, scene } = await openAs();
    await openDialog(page, desktop, '[aria-labelledby=residual-title] li button');
    await page.locator('.dialog-actions .button-danger').click();
    await page.locator('.field-error').waitFor();
    await page.locator('textarea').fill('再起動を確認');
    await page.locator('.dialog-actions .button-danger').click();
    await page.locator('.said-box').waitFor();
    expect(scene.calls.find(({ call }) => call.endsWith('/end'))?.body).toEqual({ reason: '再起動を確認' });
    await page.context().close();
  });

  it('a duty that people hold is retired only once its name is typed', async () => {
    const { page, scene } = await openAs();
    await openDialog(page, '/administration/duties', 'tbody .row-actions button:nth-child(3)');
    await page.locator('input[name=typed-confirmation]').fill('災害');
    await page.keyboard.press('Enter');
    await page.locator('.field-error').waitFor();
    expect(scene.calls.some(({ call }) => call.endsWith('/retirement'))).toBe(false);
    await page.locator('input[name=typed-confirmation]').fill('災害対策本部');
    await page.keyboard.press('Enter');
    await page.locator('.said-box').waitFor();
    await page.context().close();
  });
});

describe('lists', () => {
  it('keep their filter in the address', async () => {
    const { page, scene } = await openAs();
    await page.goto('/administration/people');
    await page.locator('tbody tr').first().waitFor();
    await page.locator('input[name=filter-search]').fill('鈴木');
    await eventually(async () => expect(await page.locator('tbody tr').count()).toBe(1));
    expect(new URL(page.url()).searchParams.get('search')).toBe('鈴木');
    await page.locator('select[name=filter-status]').selectOption('disabled');
    await page.locator('.empty-state').waitFor();
    expect(scene.calls.at(-1)?.query).toBe(new URLSearchParams({ search: '鈴木', status: 'disabled' }).toString());
    await page.reload();
    await page.locator('.empty-state').waitFor();
    await page.locator('.filters-fields > button').click();
    await eventually(async () => expect(await page.locator('tbody tr').count()).toBe(3));
    expect(new URL(page.url()).search).toBe('');
    await page.context().close();
  });

  it('are tables for readers, on a phone as well', async () => {
    const { page } = await openAs({ width: 360 });
    await page.goto('/administration/people');
    await page.locator('tbody tr').first().waitFor();
    const table = page.getByRole('table', { name: '職員' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['氏名', '部署', '状態', '役割', '担当業務', 'デスクトップ']);
    expect(await table.getByRole('rowheader').count()).toBe(3);
    expect(await table.getByRole('row').count()).toBe(4);
    await page.context().close();
  });
});

it('the name at the identity provider is set, and taken away after a word on what goes with it', async () => {
  const { page, scene } = await openAs();
  await openDialog(page, person, '[aria-labelledby=person-provider-title] .row-actions button');
  await dialog(page).locator('button[type=submit]').click();
  await dialog(page).locator('input[name=provider-name][aria-invalid=true]').waitFor();
  await dialog(page).locator('input[name=provider-name]').fill(' E-1001 ');
  await dialog(page).locator('button[type=submit]').click();
  const panel = page.locator('[aria-labelledby=person-provider-title]');
  await panel.locator('dd', { hasText: 'E-1001' }).waitFor();
  expect(scene.factors.provider.name).toBe('E-1001');
  await panel.locator('.row-actions button').last().click();
  expect(await dialog(page).innerText()).toContain('認証基盤が与えた役割もなくなります');
  await dialog(page).locator('button[type=submit]').click();
  await panel.locator('dd', { hasText: '登録なし' }).waitFor();
  expect(scene.factors.provider.name).toBeNull();
  await page.context().close();
});

describe('a fresh second factor', () => {
  const asked = async (prepare: (scene: Scene) => void): Promise<OpenPage> => {
    const opened = await openAs({ prepare });
    opened.scene.refusals.set('POST /api/people/*/suspension', { code: 'step-up-required' });
    await openDialog(opened.page, person, '[aria-labelledby=account-title] .row-actions button:last-child');
    await dialog(opened.page).locator('button[type=submit]').click();
    await opened.page.getByRole('dialog').waitFor();
    return opened;
  };
  const passkey = { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0c01', name: '窓口の鍵', since: '2026-04-01T00:20:00.000Z', lastUsedAt: '2026-11-20T00:20:00.000Z', stopped: false };

  it('is asked for by a passkey alone where the person has no authenticator', async () => {
    const { page } = await asked((scene) => (scene.factors.own = { ...scene.factors.own, authenticators: [], passkeys: [passkey] }));
    const box = page.getByRole('dialog').last();
    await box.getByRole('button', { name: 'パスキーを使う' }).waitFor();
    expect(await box.locator('input[name=code], button[type=submit]').count()).toBe(0);
    await page.context().close();
  });

  it('says what to do to whoever has neither', async () => {
    const { page } = await asked((scene) => (scene.factors.own = { ...scene.factors.own, authenticators: [], passkeys: [] }));
    const box = page.getByRole('dialog').last();
    await box.getByText('「サインインの安全」で登録してから').waitFor();
    expect(await box.locator('input, button[type=submit]').count()).toBe(0);
    await page.context().close();
  });
});
