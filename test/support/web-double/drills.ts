import type { Board, Drill, RunningDrill } from '../../../gateway/http/schemas/index.ts';
import { busyBoard } from './queue.ts';
import { ids } from './scene.ts';

const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
export type Running = NonNullable<RunningDrill['drill']>;

export const drillId = '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0501';

/** A drill as the staff see it, three of its hours after the onset. */
export const runningDrill = (part?: Running['part']): Running => ({ id: drillId, name: '令和8年度 秋の総合防災訓練', event: 'earthquake', level: '2', pace: 60, startedAt: at(-3), endsAt: at(27), elapsed: 10_920, ...(part && { part }) });

export const partOf = (over: Partial<NonNullable<Running['part']>> = {}): NonNullable<Running['part']> => ({ state: 'waiting', dutyId: ids.counter, dutyName: '窓口事務', class: 'P2', displaced: 0, place: 4, waiting: 31, reasons: ['no-seat-free'], ...over });

export const drillUnderWay = (): Drill => ({ id: drillId, name: '令和8年度 秋の総合防災訓練', event: 'earthquake', level: '2', levelNow: '2', seats: 150, pace: 60, turnout: 100, asksWithin: 3, startedAt: at(-3), startedBy: '佐藤 一郎', endsAt: at(27), tookPart: 42 });

export const drillBoard = (): Board => {
  const board = busyBoard();
  return { ...board, drill: { id: drillId, name: '令和8年度 秋の総合防災訓練' }, waiting: board.waiting.map((place, index) => (index === 1 ? { ...place, person: '' } : place)) };
};

const duty = (number: number, name: string, priorityClass: 'P0' | 'P1' | 'P2' | 'P5', hours: number, more: Partial<NonNullable<Drill['result']>['duties'][number]>) => ({
  dutyId: `7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f05${number}`, name, class: priorityClass, people: 20, tookPart: 4, admitted: 20, target: hours * 3_600, medianWait: 120, longestWait: 900, displaced: 0, metTarget: 1, standing: 'met' as const, ...more,
});

export const drillOver = (): Drill => ({
  ...drillUnderWay(),
  id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0502',
  name: '令和7年度 地震を想定した図上訓練と全職員の参加訓練',
  endedAt: at(-1),
  endedBecause: 'ended',
  result: {
    elapsed: 86_400,
    people: 312,
    mostTaken: 150,
    mostWaiting: 118,
    preemptions: 37,
    metTarget: 0.834,
    duties: [
      duty(11, '災害対策本部', 'P0', 0, { achieved: 60 }),
      duty(12, '避難所の運営', 'P1', 3, { achieved: 2_400 }),
      duty(13, '上下水道の応急復旧と断水区域の周知', 'P1', 3, { achieved: 12_600, standing: 'missed', metTarget: 0.2 }),
      duty(14, '窓口事務', 'P2', 24, { achieved: 18_000, displaced: 6 }),
      duty(15, '庁内研修', 'P5', 720, { admitted: 0, standing: 'running', metTarget: 0, tookPart: 0 }),
    ],
  },
});
