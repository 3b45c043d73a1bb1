import { jest } from '@jest/globals';
import { TOPICS } from '../../../gateway/realtime/contract.ts';
import type { Line, LineEvents } from '../../../web-client/src/live/line.ts';
import { createGathering } from '../../../web-client/src/live/gathering.ts';
import { createLive } from '../../../web-client/src/live/live.ts';
import { everyTopic, keysOf } from '../../../web-client/src/live/topics.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('topics', () => {
  it('are those of the gateway, each with something to ask anew', () => {
    expect([...everyTopic].toSorted()).toEqual([...TOPICS].toSorted());
    for (const topic of everyTopic) expect(keysOf([topic])!.size).toBeGreaterThan(0);
  });

  it('that may have been missed mean everything', () => {
    expect(keysOf(['level', 'everything'])).toBeUndefined();
  });
});

describe('what is told in a row', () => {
  it('is asked once, soon where it is about oneself, and not again at once', () => {
    const asked: string[][] = [];
    const gathering = createGathering((topics) => asked.push([...topics].toSorted()), () => 0.999);
    for (const topic of ['level', 'person', 'level'] as const) gathering.tell(topic);
    jest.advanceTimersByTime(100);
    expect(asked).toEqual([['level', 'person']]);
    gathering.tell('person');
    jest.advanceTimersByTime(800);
    expect(asked).toHaveLength(1);
    jest.advanceTimersByTime(300);
    expect(asked).toEqual([['level', 'person'], ['person']]);
  });

  it('is asked by the pages of an office over a second', () => {
    const times = Array.from({ length: 11 }, (_, index) => {
      let at: number | undefined;
      const began = Date.now();
      createGathering(() => (at = Date.now() - began), () => index / 11).tell('level');
      jest.advanceTimersByTime(1_000);
      return at!;
    });
    expect(new Set(times).size).toBe(11);
    expect(Math.max(...times)).toBeLessThanOrEqual(1_000);
  });
});

function page() {
  const asked: string[][] = [];
  const watched: string[][] = [];
  const lines: { events: LineEvents; closed: boolean }[] = [];
  const openLine = (topics: readonly string[], events: LineEvents): Promise<Line> => {
    const line = { events, closed: false };
    lines.push(line);
    watched.push([...topics]);
    return Promise.resolve({ watch: (now) => watched.push([...now]), close: () => (line.closed = true) });
  };
  return { live: createLive({ openLine, ask: (topics) => asked.push([...topics]) }), asked, watched, lines };
}

describe('the line of a page', () => {
  it('is opened by the first who watches and closed a little after the last', async () => {
    const { live, lines, watched } = page();
    const stopOne = live.watch(['level', 'lease']);
    const stopOther = live.watch(['level', 'policy']);
    await jest.advanceTimersByTimeAsync(0);
    expect(lines).toHaveLength(1);
    expect(watched).toEqual([['level', 'lease'], ['level', 'lease', 'policy']]);
    stopOne();
    await jest.advanceTimersByTimeAsync(0);
    expect(watched.at(-1)).toEqual(['level', 'policy']);
    stopOther();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(lines[0]!.closed).toBe(false);
    await jest.advanceTimersByTimeAsync(1_100);
    expect(lines[0]!.closed).toBe(true);
  });

  it('stays where one page follows another', async () => {
    const { live, lines } = page();
    const stop = live.watch(['level']);
    stop();
    live.watch(['level']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.closed).toBe(false);
  });

  it('says that it is being sought only after a while, and asks for everything once it is there again', async () => {
    const { live, lines, asked } = page();
    live.watch(['level']);
    const { events } = lines[0]!;
    events.up();
    await jest.advanceTimersByTimeAsync(2_000);
    asked.length = 0;
    events.down();
    await jest.advanceTimersByTimeAsync(3_900);
    expect(live.state()).toBe('live');
    await jest.advanceTimersByTimeAsync(200);
    expect(live.state()).toBe('reconnecting');
    events.up();
    expect(live.state()).toBe('live');
    await jest.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([['everything']]);
  });

  it('asks every ten seconds while there is none, also where it cannot even be loaded', async () => {
    const asked: string[][] = [];
    const live = createLive({ openLine: () => Promise.reject(new Error('offline')), ask: (topics) => asked.push([...topics]) });
    const stop = live.watch(['level', 'lease']);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(live.state()).toBe('reconnecting');
    expect(asked).toEqual(Array.from({ length: 3 }, () => ['level', 'lease']));
    stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
  });

  it('tells what changed, and of the end of the sign-in', async () => {
    const { live, lines, asked } = page();
    live.watch(['level']);
    lines[0]!.events.changed('lease');
    await jest.advanceTimersByTimeAsync(2_000);
    lines[0]!.events.signedOut();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(asked).toEqual([['lease'], ['person']]);
  });
});
