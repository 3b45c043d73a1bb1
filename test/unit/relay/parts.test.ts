import { jest } from '@jest/globals';
import { createFlowControl } from '../../../gateway/relay/flow-control.ts';
import { GUACAMOLE_STATUS, knownStatus, statusName, webSocketCloseCode } from '../../../gateway/relay/guacamole-status.ts';
import { startHeartbeat } from '../../../gateway/relay/heartbeat.ts';
import { resolveLimits } from '../../../gateway/relay/limits.ts';
import { createResizeSender } from '../../../gateway/relay/resize-sender.ts';
import { carriesInput, nextPhase, type SessionPhase } from '../../../gateway/relay/session-phase.ts';

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe('the limits of the relay', () => {
  it('have defaults that fit together', () => {
    expect(resolveLimits()).toMatchObject({ maxElementCharacters: 8_192, maxElements: 128, maxInstructionBytes: 32_768, pauseGuacdAtBytes: 1_048_576, resumeGuacdBelowBytes: 262_144 });
  });

  it.each([
    ['an unknown name', { maxElementz: 1 }],
    ['no number', { handshakeMs: Number.NaN }],
    ['more elements than guacd knows', { maxElements: 129 }],
    ['a resume above the pause', { resumeGuacdBelowBytes: 2_000_000 }],
    ['a cap below the pause', { browserBufferCapBytes: 1_000_000 }],
    ['a guacd cap below its pause', { guacdBufferCapBytes: 1_000 }],
  ] as [string, Record<string, number>][])('are refused with %s', (_what, overrides) => {
    expect(() => resolveLimits(overrides)).toThrow(expect.objectContaining({ name: 'ZodError' }));
  });
});

describe('a Guacamole status', () => {
  it('has the number that guacamole-common-js gives it', () => {
    expect(GUACAMOLE_STATUS).toMatchObject({ SUCCESS: 0, SERVER_ERROR: 512, UPSTREAM_TIMEOUT: 514, UPSTREAM_NOT_FOUND: 519, SESSION_CONFLICT: 521, SESSION_CLOSED: 523, CLIENT_UNAUTHORIZED: 769, CLIENT_FORBIDDEN: 771, CLIENT_OVERRUN: 781, CLIENT_BAD_TYPE: 783 });
  });

  it('that nobody knows is a server error', () => {
    expect([statusName(771), statusName(9_999), knownStatus(771), knownStatus(1), knownStatus(Number.NaN)]).toEqual(['CLIENT_FORBIDDEN', 'SERVER_ERROR', 771, 512, 512]);
  });

  it('has a close code that WebSocket allows to send', () => {
    for (const status of Object.values(GUACAMOLE_STATUS)) expect([1000, 1002, 1003, 1008, 1009, 1011]).toContain(webSocketCloseCode(status));
  });
});

describe('the phases of a session', () => {
  const phases: SessionPhase[] = ['connecting', 'handshaking', 'awaiting-picture', 'live', 'ended'];

  it('follow each other in one direction, and any may end', () => {
    const steps = phases.flatMap((from) => phases.filter((to) => !throws(() => nextPhase(from, to))).map((to) => `${from} → ${to}`));
    expect(steps).toEqual([
      'connecting → handshaking', 'connecting → ended', 'handshaking → awaiting-picture', 'handshaking → ended', 'awaiting-picture → live',
      'awaiting-picture → ended', 'live → ended',
    ]);
  });

  it('take input once guacd is ready', () => {
    expect(phases.filter(carriesInput)).toEqual(['awaiting-picture', 'live']);
  });

  function throws(action: () => unknown): boolean {
    try {
      action();
      return false;
    } catch {
      return true;
    }
  }
});

describe('flow control', () => {
  it('pauses at the high mark, resumes below the low one, and gives up past the cap', () => {
    const events: string[] = [];
    let buffered = 0;
    const control = createFlowControl({ pause: () => void events.push('pause'), resume: () => void events.push('resume') }, { bufferedBytes: () => buffered }, { pauseAtBytes: 100, resumeBelowBytes: 30, capBytes: 200 });
    const write = (bytes: number) => {
      buffered += bytes;
      return control.written();
    };
    const take = (bytes: number) => {
      buffered -= bytes;
      control.drained();
    };
    expect(write(99)).toBe(true);
    expect(events).toEqual([]);
    write(1);
    write(50);
    expect([events, control.paused()]).toEqual([['pause'], true]);
    take(120);
    expect(events).toEqual(['pause']);
    take(1);
    expect([events, control.paused()]).toEqual([['pause', 'resume'], false]);
    expect(write(171)).toBe(true);
    expect(write(1)).toBe(false);
  });
});

describe('resizes', () => {
  it('are sent at most once an interval, the last of those waiting', async () => {
    const sent: string[] = [];
    const sender = createResizeSender(60, (instruction) => void sent.push(instruction));
    for (const size of ['a', 'b', 'c']) sender.offer(size);
    expect(sent).toEqual(['a']);
    await pause(90);
    expect(sent).toEqual(['a', 'c']);
    sender.offer('d');
    await pause(90);
    expect(sent).toEqual(['a', 'c', 'd']);
    sender.offer('e');
    sender.offer('f');
    sender.stop();
    await pause(90);
    expect(sent.slice(3)).not.toContain('f');
  });
});

describe('the heartbeat', () => {
  function beat(answers: { browser: boolean; guacd: boolean; paused?: boolean }) {
    const events: string[] = [];
    const heartbeat = startHeartbeat({ browserPingMs: 20, keepAliveMs: 30, guacdSilenceMs: 50 }, {
      pingBrowser: () => {
        events.push('ping');
        if (answers.browser) heartbeat.browserAlive();
        if (answers.guacd) heartbeat.guacdHeard();
      },
      browserGone: () => void events.push('browser gone'),
      keepAlive: () => void events.push('keep alive'),
      guacdSilent: () => void events.push('guacd silent'),
      browserPaused: () => answers.paused ?? false,
      guacdPaused: () => answers.paused ?? false,
    });
    return { events, heartbeat };
  }

  it('pings, keeps guacd awake, and complains of nobody who answers', async () => {
    const { events, heartbeat } = beat({ browser: true, guacd: true });
    await pause(200);
    heartbeat.stop();
    expect(new Set(events)).toEqual(new Set(['ping', 'keep alive']));
    const { length } = events;
    await pause(80);
    expect(events).toHaveLength(length);
  });

  it('notices a browser after three unanswered pings, and a silent guacd', async () => {
    const { events, heartbeat } = beat({ browser: false, guacd: false });
    await pause(200);
    heartbeat.stop();
    expect(events).toContain('guacd silent');
    expect(events.slice(0, events.indexOf('browser gone')).filter((event) => event === 'ping')).toHaveLength(3);
  });

  it('gives a silent browser up within 20 s, unless told otherwise', () => {
    const { browserPingMs } = resolveLimits();
    jest.useFakeTimers();
    try {
      let gone = false;
      const nothing = () => undefined;
      const heartbeat = startHeartbeat({ browserPingMs, keepAliveMs: 60_000, guacdSilenceMs: 60_000 }, { pingBrowser: nothing, browserGone: () => void (gone = true), keepAlive: nothing, guacdSilent: nothing, browserPaused: () => false, guacdPaused: () => false });
      jest.advanceTimersByTime(15_000);
      expect(gone).toBe(false);
      jest.advanceTimersByTime(5_000);
      expect(gone).toBe(true);
      heartbeat.stop();
    } finally {
      jest.useRealTimers();
    }
  });

  it('blames nobody whom the gateway itself does not read', async () => {
    const { events, heartbeat } = beat({ browser: false, guacd: false, paused: true });
    await pause(200);
    heartbeat.stop();
    expect(new Set(events)).toEqual(new Set(['keep alive']));
  });
});
