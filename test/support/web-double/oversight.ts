import type { EntryStop, SessionListed, SessionsSummary, Timeline, UnitDay } from '../../../gateway/http/schemas/index.ts';
import { ids, type Scene } from './scene.ts';

type Answer = { readonly status: number; readonly body?: unknown };
const ok = (body: unknown): Answer => ({ status: 200, body });
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const id = (number: number): string => `7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f1${String(number).padStart(3, '0')}`;

export const shownSession = id(1);

const session = (number: number, more: Partial<SessionListed> = {}): SessionListed => ({
  id: id(number),
  kind: 'session',
  state: 'active',
  person: { id: ids.person, username: 'hanako.t', displayName: '高橋 花子' },
  unit: { id: ids.unit, name: '防災課' },
  desktop: { id: ids.ownPc, name: '防災課 自席パソコン' },
  duty: { id: ids.disaster, name: '災害対策本部', class: 'P0' },
  site: 'home',
  address: '192.0.2.24',
  level: '2',
  at: at(-42),
  connectedAt: at(-41),
  reasons: [],
  lifted: [],
  refusedChannels: 0,
  ...more,
});

const listed: readonly SessionListed[] = [
  session(1, { refusedChannels: 3 }),
  session(2, { state: 'parked', person: { id: id(90), username: 'sato.k', displayName: '佐藤 健' }, duty: { id: ids.counter, name: '罹災証明の発行', class: 'P2' }, site: 'evacuation-site', address: '2001:db8::8a2e:370:7334' }),
  session(3, { kind: 'request', state: 'refuse', desktop: null, duty: { id: ids.counter, name: '窓口事務', class: 'P3' }, reasons: ['registered-device-required', 'no-seat-free'], at: at(-55) }),
  session(4, { kind: 'request', state: 'wait', reasons: ['no-seat-free'], at: at(-58) }),
  session(5, { state: 'ended', endedAt: at(-70), endedBecause: 'ended-by-owner', at: at(-200) }),
];

const event = (number: number, minutes: number, code: string, name: string, fields: Record<string, unknown>, displayName?: string) => ({
  id: id(500 + number),
  at: at(minutes),
  code,
  event: name,
  actor: displayName === undefined ? { kind: 'system' as const } : { kind: 'person' as const, displayName },
  fields,
  lane: 3,
  sequence: 800 + number,
});

const timeline: Timeline = {
  session: session(1, { refusedChannels: 3 }),
  policyVersion: 'a'.repeat(64),
  expiresAt: at(430),
  mayEnd: true,
  events: [
    event(1, -44, 'SKA-2003', 'signInCompleted', { factors: ['password', 'totp'] }, '高橋 花子'),
    event(2, -43, 'SKA-4001', 'admissionDecided', { decision: 'refuse', reasons: ['registered-device-required'], inputs: { level: '0', zone: 'lgwan', site: 'home', 'seats.total': 500 } }, '高橋 花子'),
    event(3, -42, 'SKA-4001', 'admissionDecided', { decision: 'admit', reasons: [], inputs: { level: '2', zone: 'lgwan', site: 'home', 'seats.total': 500, 'taken.total': 12 } }, '高橋 花子'),
    event(4, -42, 'SKA-4002', 'leaseGranted', { expiresAt: at(430) }, '高橋 花子'),
    event(5, -41, 'SKA-4004', 'leaseConnected', {}),
    event(6, -20, 'SKA-4102', 'channelsRefused', { refused: { 'client:clipboard': { count: 3, bytes: 1204 } } }),
  ],
};

const stop: EntryStop = { id: id(700), unit: { id: ids.unit, name: '防災課' }, reason: '端末の紛失があったため', stoppedBy: '高橋 恵', stoppedAt: at(-30), release: { askedBy: '渡辺 誠', askedAt: at(-5), reason: '端末が見つかったため', own: false } };
const summary: SessionsSummary = { live: 12, parked: 2, people: 13, refusedLastHour: 4, stops: [stop] };

const unitDay = (scene: Scene, number: number, displayName: string): UnitDay => ({ ...scene.telework.days[0]!, person: { id: id(800 + number), username: `person${number}`, displayName, unitName: '防災課' } });

/** What a security officer and a head of a unit see. */
export const oversight = {
  'GET /api/sessions': () => ok({ items: listed, next: 'more' }),
  'GET /api/sessions/summary': () => ok(summary),
  'GET /api/sessions/': () => ok(timeline),
  [`POST /api/sessions/${shownSession}/end`]: () => ({ status: 204 }),
  'GET /api/telework/unit': (scene: Scene) => ok({ items: [unitDay(scene, 1, '高橋 花子'), unitDay(scene, 2, '佐藤 健')], next: null }),
} as const;
