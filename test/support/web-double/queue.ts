import type { Board, Lease, Waiting } from '../../../gateway/http/schemas/index.ts';
import { ids } from './scene.ts';

const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** A place in the queue as somebody finds it who came a quarter of an hour ago. */
export function waitingPlace(over: Partial<Waiting> = {}): Waiting {
  return {
    id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0071',
    state: 'waiting',
    desktopId: ids.ownPc,
    name: '防災課 自席パソコン',
    dutyId: ids.counter,
    dutyName: '窓口事務',
    class: 'P2',
    arrivedAt: at(-15),
    returning: false,
    lifted: false,
    place: 3,
    waiting: 12,
    moreUrgent: 2,
    reasons: ['no-seat-free'],
    freeing: [
      { kind: 'session-yields', by: at(4) },
      { kind: 'session-ends', by: at(55), sessions: 118 },
    ],
    estimate: { kind: 'between', from: at(8), to: at(26), seats: 14 },
    help: [{ kind: 'duty', dutyId: ids.disaster, name: '災害対策本部' }],
    keptUntil: at(30),
    ...over,
  };
}

/** Whose turn it is. */
export const offered = (): Waiting => waitingPlace({ state: 'admitted', endedAt: at(0), endedBecause: 'admitted', leaseId: ids.lease, sitDownBy: at(3), estimate: { kind: 'unknown' }, freeing: [], help: [] });

/** A session that has notice to yield its seat in four minutes. */
export const yielding = (lease: Lease): Lease => ({ ...lease, closingAt: at(4), closingBecause: 'preempted', yieldsTo: { dutyName: '避難所の運営', class: 'P1' }, extensionSeconds: 180 });

/** The third hour after an earthquake. */
export function busyBoard(): Board {
  const onset = at(-170);
  const target = (hours: number): string => new Date(Date.parse(onset) + hours * 3_600_000).toISOString();
  const phase = ([['P0', 0], ['P1', 3], ['P2', 24], ['P3', 72], ['P4', 336], ['P5', 720]] as const).map(([name, hours]) => ({ class: name, targetAt: target(hours), dueAt: target(Math.max(0, hours - 1)), due: hours <= 3 }));
  const duty = (number: number, name: string, priorityClass: Board['duties'][number]['class'], standing: Board['duties'][number]['standing'], more: Partial<Board['duties'][number]> = {}) => ({ dutyId: `7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f01${number}`, name, class: priorityClass, people: 12, sessions: 4, waiting: 0, standing, targetAt: target(3), ...more });
  return {
    at: at(0),
    inForce: { number: 3, level: '2', since: at(-150), until: at(60 * 69), event: 'earthquake', onset, reason: '震度6弱の地震により庁舎に入れない' },
    phase: { onset, classes: phase },
    seats: {
      total: 150,
      taken: 138,
      offered: 3,
      yielding: 2,
      reserve: { seats: 10, free: 10 },
      shared: { seats: 80, taken: 78 },
      shares: [
        { name: 'みどり市', own: true, floor: 40, most: 100, taken: 88, waiting: 9 },
        { name: '防災部', own: true, floor: 20, taken: 31, waiting: 1 },
        { name: 'となり町', own: false, floor: 20, taken: 20, waiting: 3 },
      ].map((share) => (share.name === '防災部' ? { ...share, name: '防災部 / 危機管理課' } : share)),
      pools: [{ id: ids.pool, name: '共用端末', seats: 20, taken: 18, desktops: 20, free: 2, waiting: 1 }],
    },
    classes: (['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'] as const).map((name, index) => ({ class: name, sessions: [8, 30, 41, 32, 15, 12, 0][index] ?? 0, surplus: index > 1 ? 20 - index * 2 : 0, waiting: [0, 2, 4, 3, 0, 0, 0][index] ?? 0, ...(index > 0 && index < 4 && { longestWait: 300 * index + 45 }) })),
    duties: [
      duty(11, '災害対策本部', 'P0', 'met', { firstAdmittedAt: at(-165), targetAt: onset }),
      duty(12, '避難所の運営', 'P1', 'running', { waiting: 2, longestWait: 345 }),
      duty(13, '安否の確認', 'P1', 'missed', { sessions: 0, waiting: 1, longestWait: 4_100, targetAt: at(-20) }),
      duty(14, '窓口事務', 'P2', 'not-asked-for', { sessions: 0, targetAt: target(24) }),
    ],
    waiting: [
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0181', place: 1, person: '鈴木 一郎', unit: '防災部 危機管理課', dutyName: '避難所の運営', class: 'P1', arrivedAt: at(-6), returning: false, lifted: false, present: true, reasons: ['no-seat-free'] },
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0182', place: 2, person: '佐藤 二郎', unit: '福祉部 生活福祉課', dutyName: '窓口事務', class: 'P2', arrivedAt: at(-12), returning: true, lifted: false, present: true, reasons: ['others-before'] },
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0183', place: 3, person: '田中 三郎', unit: '税務部 市民税課', dutyName: '市税の収納', class: 'P3', arrivedAt: at(-41), returning: false, lifted: true, present: false, reasons: ['class-not-due'] },
    ],
    preemptions: [
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0191', dutyName: '庁内研修', class: 'P5', forDutyName: '避難所の運営', forClass: 'P1', noticedAt: at(-1), endsAt: at(4), extended: true, outcome: 'running' },
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0192', dutyName: '統計の調査', class: 'P4', forDutyName: '安否の確認', forClass: 'P1', noticedAt: at(-30), endsAt: at(-25), extended: false, outcome: 'yielded' },
    ],
  };
}

/** An ordinary day on which nobody waits. */
export function quietBoard(): Board {
  return {
    ...busyBoard(),
    inForce: { number: 0, level: '0' },
    seats: { taken: 4, offered: 0, yielding: 0, reserve: { seats: 0, free: 0 }, shares: [], pools: [] },
    classes: [],
    duties: [],
    waiting: [],
    preemptions: [],
  };
}
