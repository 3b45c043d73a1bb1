import type { DesktopDetails, DutyListed, ImportPreview, LevelChange, LevelEffect, PersonDetails, PoolListed, Situation, Unit } from '../../../gateway/http/schemas/index.ts';
import { bypassedOffice, type BypassedOffice } from './bypass.ts';
import { devicedOffice, type DevicedOffice } from './devices.ts';
import { deputisedOffice, type DeputisedOffice } from './succession.ts';

/** What those who administer the double's office see of it. A test changes it as it goes. */
export type AdministeredOffice = DeputisedOffice &
  BypassedOffice &
  DevicedOffice & {
  situation: Situation;
  history: LevelChange[];
  effect: Omit<LevelEffect, 'level'>;
  units: Unit[];
  people: PersonDetails[];
  duties: DutyListed[];
  desktops: DesktopDetails[];
  pools: PoolListed[];
  preview: ImportPreview;
};

const id = (number: number): string => `7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f2${String(number).padStart(3, '0')}`;
export const officeIds = {
  section: id(1),
  counterSection: id(2),
  sato: id(11),
  suzuki: id(12),
  command: id(21),
  counter: id(22),
  taxes: id(23),
  library: id(24),
  ownPc: id(31),
  terminals: id(32),
  pool: id(41),
  badPool: id(42),
  proposal: id(51),
  residual: id(61),
  grant: id(71),
} as const;
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const duty = (number: string, name: string, more: Partial<DutyListed> = {}): DutyListed => ({ id: number, name, class: 'P2', zone: 'lgwan', targetSeconds: null, status: 'active', people: 12, ...more });

const person = (number: number, displayName: string, username: string, more: Partial<PersonDetails> = {}): PersonDetails => ({
  id: id(number),
  username,
  displayName,
  unitId: officeIds.section,
  unitName: '総務部 防災課',
  status: 'active',
  signIn: 'ready',
  roles: ['staff'],
  duties: [{ id: officeIds.counter, name: '窓口事務', class: 'P2' }],
  desktops: 1,
  language: 'ja',
  grants: [{ id: officeIds.grant, role: 'staff', unitId: null, unitName: null, grantedAt: at(-60 * 24 * 90), grantedBy: null, provider: null }],
  desktopNames: ['防災課 自席パソコン'],
  lastSignInAt: at(-190),
  ...more,
});

export function administeredOffice(): AdministeredOffice {
  const desktop: DesktopDetails = {
    id: officeIds.ownPc,
    name: '防災課 自席パソコン',
    protocol: 'rdp',
    host: '10.20.3.41',
    port: 3389,
    status: 'active',
    kind: 'exclusive',
    sessions: 1,
    weight: 1,
    credentials: 'stored',
    pool: null,
    assignedTo: ['sato.ichiro'],
    assigned: 1,
    openSessions: 0,
    residualSessions: 1,
    people: [{ id: officeIds.sato, username: 'sato.ichiro', displayName: '佐藤 一郎' }],
    residual: [{ id: officeIds.residual, username: 'sato.ichiro', displayName: '佐藤 一郎', beganAt: at(-260), open: false }],
  };
  const pool: PoolListed = {
    id: officeIds.pool,
    name: '窓口端末プール',
    logIn: 'personal',
    cleanUp: 'none',
    seats: 20,
    status: 'active',
    desktops: 12,
    seatsTaken: 9,
    suitable: true,
    people: [{ id: officeIds.suzuki, username: 'suzuki.hanako' }],
    units: [{ id: officeIds.counterSection, name: '市民課' }],
  };
  return {
    ...deputisedOffice(),
    ...bypassedOffice(),
    ...devicedOffice(),
    situation: {
      inForce: { number: 4, level: '1', since: at(-400), until: at(60 * 24 * 13), event: 'earthquake', onset: at(-195), reason: '震度5弱。庁舎の被害を確認中。' },
      proposals: [],
      may: { propose: true, approve: false, tighten: true, provisional: true },
      expiresAfter: { '0': null, '1': 1_209_600, '2': 259_200, '3': 86_400, R: 1_209_600 },
      seats: [
        { scope: 'total', seats: 60, taken: 31 },
        { scope: 'organisation', seats: 40, taken: 34 },
        { scope: 'pool', name: '窓口端末プール', seats: 20, taken: 20 },
      ],
      duties: [
        { dutyId: officeIds.command, name: '災害対策本部', class: 'P0', zone: 'internet', people: 18, sessions: 14, turnedAway: 0, dueAt: at(-190) },
        { dutyId: officeIds.counter, name: '窓口事務', class: 'P2', zone: 'lgwan', people: 42, sessions: 0, turnedAway: 7, dueAt: at(-15) },
        { dutyId: officeIds.taxes, name: '税務', class: 'P3', zone: 'my-number', people: 25, sessions: 0, turnedAway: 0, dueAt: at(60 * 50) },
      ],
    },
    history: [
      { id: id(81), number: 4, level: '1', baseLevel: '1', how: 'tightened', since: at(-400), until: at(60 * 24 * 13), event: 'earthquake', onset: at(-195), reason: '訓練の終了', approvedBy: [], actedBy: '田中 次郎' },
      { id: id(82), number: 3, level: '2', baseLevel: '2', how: 'approved', since: at(-2000), event: 'storm', onset: at(-2100), reason: '台風10号の接近', proposedBy: '田中 次郎', approvedBy: ['山本 市長'] },
      { id: id(83), number: 2, level: '0', baseLevel: '0', how: 'expired', since: at(-9000), reason: '期限', approvedBy: [] },
    ],
    effect: {
      until: at(60 * 72),
      sessionsEnding: 12,
      graceSeconds: 300,
      peopleGaining: 40,
      peopleLosing: 3,
      duties: [
        { dutyId: officeIds.command, name: '災害対策本部', class: 'P0', people: 18, sitesNow: ['home', 'evacuation-site', 'office'], sitesThen: ['home', 'evacuation-site', 'office'] },
        { dutyId: officeIds.counter, name: '窓口事務', class: 'P2', people: 42, sitesNow: ['office', 'satellite-office'], sitesThen: ['home', 'evacuation-site', 'office', 'satellite-office'] },
        { dutyId: officeIds.library, name: '図書館の運営', class: 'PX', people: 3, sitesNow: ['home', 'office'], sitesThen: [] },
      ],
    },
    units: [
      { id: officeIds.section, name: '防災課', parentId: null, path: '総務部 / 防災課', people: 22 },
      { id: officeIds.counterSection, name: '市民課', parentId: null, path: '市民部 / 市民課', people: 42 },
    ],
    people: [
      person(11, '佐藤 一郎', 'sato.ichiro', { roles: ['staff', 'bcp-admin'], grants: [...person(0, '', '').grants, { id: id(72), role: 'bcp-admin', unitId: officeIds.section, unitName: '防災課', grantedAt: at(-60 * 24 * 30), grantedBy: '高橋 花子', provider: null }] }),
      person(12, '鈴木 花子', 'suzuki.hanako', { signIn: 'invited', unitId: officeIds.counterSection, unitName: '市民部 市民課' }),
      person(13, 'ウィリアムズ・アレクサンドラ', 'williams.alexandra.long-name', { status: 'disabled', roles: [], grants: [], duties: [], desktops: 0, desktopNames: [] }),
    ],
    duties: [
      duty(officeIds.command, '災害対策本部', { class: 'P0', zone: 'internet', targetSeconds: 1800, people: 18 }),
      duty(officeIds.counter, '窓口事務', { people: 42 }),
      duty(officeIds.taxes, '税務', { class: 'P3', zone: 'my-number', people: 25 }),
      duty(officeIds.library, '図書館の運営', { class: 'PX', status: 'retired', people: 0 }),
    ],
    desktops: [
      desktop,
      { ...desktop, id: officeIds.terminals, name: '業務端末サーバー 1号機', host: 'ts1.example.lg.jp', kind: 'multi-session', sessions: 20, weight: 1, credentials: 'ask', pool: { id: officeIds.pool, name: pool.name }, assignedTo: [], assigned: 0, openSessions: 9, residualSessions: 0, people: [], residual: [] },
    ],
    pools: [pool, { ...pool, id: officeIds.badPool, name: '会議室の共用機', logIn: 'shared', seats: null, seatsTaken: 0, desktops: 3, suitable: false, people: [], units: [] }],
    preview: {
      digest: 'sha256-0123',
      rows: 120,
      added: 2,
      changed: 1,
      unchanged: 117,
      changes: [
        { line: 2, kind: 'add', name: 'tanaka.jiro', columns: [{ column: '氏名', before: null, after: '田中 次郎' }, { column: '部署', before: null, after: '総務部 / 防災課' }] },
        { line: 3, kind: 'add', name: 'kato.yumi', columns: [{ column: '氏名', before: null, after: '加藤 由美' }] },
        { line: 9, kind: 'change', name: 'sato.ichiro', columns: [{ column: '部署', before: '総務部 / 防災課', after: '市民部 / 市民課' }] },
      ],
      errors: [],
    },
  };
}

export const importErrors: ImportPreview['errors'] = [
  { line: 4, column: '部署', cause: 'unknown-unit', detail: '総務部 / 防災化' },
  { line: 4, column: '役割', cause: 'roles-incompatible', detail: 'system-admin;auditor' },
  { line: 17, column: '', cause: 'cell-count', detail: '5' },
];
