import { jest } from '@jest/globals';
import type { Told } from '../../../gateway/realtime/contract.ts';
import { createPace } from '../../../gateway/realtime/pace.ts';

let sent: [string, Told][];
let pace: ReturnType<typeof createPace>;
beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  pace = createPace((room, told) => sent.push([room, told]));
});
afterEach(() => {
  pace.stop();
  jest.useRealTimers();
});

describe('a room', () => {
  it('is told at once, and what follows closely together after a pause', () => {
    for (const leaseId of ['a', 'b', 'c']) pace.tell('r', { topic: 'lease', leaseId });
    expect(sent).toEqual([['r', { topic: 'lease', leaseId: 'a' }]]);
    jest.advanceTimersByTime(250);
    expect(sent.slice(1)).toEqual([['r', { topic: 'lease' }]]);
    jest.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(2);
  });

  it('keeps the lease where it is the same', () => {
    for (let turn = 0; turn < 3; turn += 1) pace.tell('r', { topic: 'lease', leaseId: 'a' });
    jest.advanceTimersByTime(250);
    expect(sent.at(-1)).toEqual(['r', { topic: 'lease', leaseId: 'a' }]);
  });

  it('is told four times a second at most, however much there is, and another room beside it at once', () => {
    for (let millisecond = 0; millisecond < 1_000; millisecond += 1) {
      pace.tell('r', { topic: 'lease', leaseId: String(millisecond) });
      if (millisecond === 1) pace.tell('other', { topic: 'level' });
      jest.advanceTimersByTime(1);
    }
    expect(sent.filter(([room]) => room === 'r').length).toBeLessThanOrEqual(5);
    expect(sent[1]).toEqual(['other', { topic: 'level' }]);
  });

  it('is told nothing after a stop', () => {
    pace.tell('r', { topic: 'level' });
    pace.tell('r', { topic: 'level' });
    pace.stop();
    jest.advanceTimersByTime(1_000);
    expect(sent).toHaveLength(1);
  });
});
