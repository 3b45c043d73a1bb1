import type { Device, OwnDevice } from '../../../gateway/http/schemas/index.ts';

/** Registered devices in the double's office: the person's own, and those that are administered. A test changes them as it goes. */
export type DevicedOffice = { ownDevices: OwnDevice[]; devices: Device[] };

type Answer = { readonly status: number; readonly body?: unknown };
type Call = { readonly office: DevicedOffice; readonly body: Record<string, unknown>; readonly ids: readonly string[] };
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const id = (number: number): string => `2b8d4f60-1c7e-4a95-9d03-8e6f5a4b3${String(number).padStart(3, '0')}`;
const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0';

export const deviceIds = { own: id(1), asked: id(2), waiting: id(3), registered: id(4), person: id(5), challenge: id(6), lease: id(7) } as const;

export function deviceOf(change: Partial<Device> = {}): Device {
  return {
    id: deviceIds.waiting,
    name: '自宅のノートパソコン',
    state: 'waiting',
    userAgent: edge,
    askedAt: at(-30),
    person: { id: deviceIds.person, displayName: 'ウィリアムズ・アレクサンドラ', unitName: '総務部 危機管理課 防災企画担当' },
    sessions: 0,
    may: { approve: true, end: true },
    ...change,
  };
}

export function devicedOffice(): DevicedOffice {
  return {
    ownDevices: [],
    devices: [deviceOf(), deviceOf({ id: deviceIds.registered, name: '公用タブレット 12番', state: 'registered', askedAt: at(-60 * 24 * 21), approvedAt: at(-60 * 24 * 20), approvedBy: { id: id(8), displayName: '佐藤 一郎' }, until: at(60 * 24 * 345), lastProvedAt: at(-90), sessions: 1, may: { approve: false, end: true } })],
  };
}

/** `*` stands for an id. */
export const deviceRoutes: Readonly<Record<string, (call: Call) => Answer>> = {
  'GET /api/me/devices': ({ office }) => ({ status: 200, body: { items: office.ownDevices, next: null } }),
  'POST /api/me/device-challenges': ({ body }) => ({
    status: 201,
    body: { id: deviceIds.challenge, text: ['sekisho device proof 1', body['purpose'], deviceIds.own, body['leaseId'] ?? '-', 'AAAA'].join('\n'), expiresAt: at(1) },
  }),
  'POST /api/me/devices': ({ office, body }) => {
    const device: OwnDevice = { id: deviceIds.asked, name: String(body['name']), state: 'waiting', userAgent: edge, askedAt: at(0), current: false };
    office.ownDevices = [device, ...office.ownDevices];
    return { status: 201, body: device };
  },
  'POST /api/me/device-proofs': () => ({ status: 204 }),
  'POST /api/me/devices/*/end': ({ office, ids, body }) => {
    office.ownDevices = office.ownDevices.map((one) => (one.id === ids[0] ? { ...one, state: 'ended', endedAt: at(0), endReason: String(body['reason']) } : one));
    return { status: 204 };
  },
  'GET /api/devices': ({ office }) => ({ status: 200, body: { items: office.devices, next: null } }),
  'POST /api/devices/*/approval': ({ office, ids }) => {
    office.devices = office.devices.map((one) => (one.id === ids[0] ? { ...one, state: 'registered', approvedAt: at(0), approvedBy: { id: id(9), displayName: '田中 次郎' }, until: at(60 * 24 * 365), may: { approve: false, end: true } } : one));
    return { status: 200, body: office.devices.find((one) => one.id === ids[0]) };
  },
  'POST /api/devices/*/end': ({ office, ids, body }) => {
    office.devices = office.devices.map((one) => (one.id === ids[0] ? { ...one, state: 'ended', endedAt: at(0), endedBy: { id: id(9), displayName: '田中 次郎' }, endReason: String(body['reason']), may: { approve: false, end: false } } : one));
    return { status: 204 };
  },
};
