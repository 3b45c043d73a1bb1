import { randomUUID } from 'node:crypto';
import type { GuacdAddress, LiveSession, RelayGrant, RelayLog } from './contract.ts';
import { ENDING, type Ending, endingOfBrowser, endingOfGuacd } from './ending.ts';
import { createFlowControl, toBrowserLimits, toGuacdLimits } from './flow-control.ts';
import type { GuacdConnection } from './guacd/connection-parameters.ts';
import { createHandshake } from './guacd/handshake.ts';
import { openGuacdLink } from './guacd/link.ts';
import { createClientGuard } from './guard/client-guard.ts';
import { createRefusals } from './guard/refusals.ts';
import { createServerGuard } from './guard/server-guard.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { RelayLimits } from './limits.ts';
import type { BrowserConnection } from './lite-frame.ts';
import { createProbe } from './probe.ts';
import { createResizeSender } from './resize-sender.ts';
import { carriesInput, nextPhase, type SessionPhase } from './session-phase.ts';
import { createFramer } from './wire/framer.ts';
import { elementsOf, writeInstruction } from './wire/instruction.ts';
import type { InstructionView } from './wire/scan.ts';

export type SessionDependencies = {
  readonly grant: RelayGrant;
  readonly browser: BrowserConnection;
  readonly connection: GuacdConnection;
  readonly guacd: GuacdAddress;
  readonly limits: RelayLimits;
  readonly clock: { now(): Date };
  readonly log: RelayLog;
  /** Called at its end, before that is reported. */
  readonly onOver: () => void;
};

export type Session = {
  /** A text message of the browser. */
  message(text: Buffer): void;
  /** The browser has taken something of what was sent. */
  drained(): void;
  alive(): void;
  /** Resolves when the browser was heard, or was not and the end has been reported. */
  probe(): Promise<void>;
  /** Ends it, if it has not ended. */
  end(ending: Ending): void;
  state(): LiveSession;
  /** Resolves once the end has been reported; never rejects. */
  readonly ended: Promise<void>;
};

/** Carries one session between an accepted browser and guacd, from the connection to guacd to the end. */
export function startSession({ grant, browser, connection, guacd, limits, clock, log, onOver }: SessionDependencies): Session {
  const since = clock.now();
  const { promise: ended, resolve: reportedEnd } = Promise.withResolvers<void>();
  let phase: SessionPhase = 'connecting';
  let deadline: NodeJS.Timeout | undefined;
  let inputCarried = false;
  let frameSent = false;
  let pendingEnd: Ending | undefined;
  let connectedAt: Date | undefined;
  let lastInputAt: Date | undefined;
  let bytesToBrowser = 0;
  let bytesFromBrowser = 0;

  const refusals = createRefusals();
  const framer = createFramer(limits);
  const handshake = createHandshake(connection, limits);
  const serverGuard = createServerGuard(limits, refusals, {
    toGuacd: writeToGuacd,
    desktopFailed: (status) => endAfterChunk({ cause: phase === 'live' ? 'desktop-ended' : 'desktop-unreachable', status, reason: 'guacd-error' }),
    desktopLeft: () => endAfterChunk(phase === 'live' ? ENDING.desktopLeft : ENDING.desktopNeverCame),
    frameSent: () => void (frameSent = true),
    credentialsRequired: () => endAfterChunk(ENDING.credentialsRequired),
    unknownOpcode: (opcode) => grant.onAlarm({ kind: 'unknown-opcode', opcode }),
  });
  const { lastSync, settleAcknowledgement } = serverGuard;
  const clientGuard = createClientGuard({ limits, refusals, lastSync, settleAcknowledgement, touch: connection.parameters.get('enable-touch') === 'true' });
  const resizes = createResizeSender(limits.minResizeIntervalMs, writeToGuacd);
  const link = openGuacdLink(guacd, limits, {
    connected() {
      enter('handshaking', limits.handshakeMs, ENDING.handshakeTimeout);
      link.write(handshake.opening);
    },
    data: onGuacdData,
    drained: () => towardGuacd.drained(),
    lost: (code) => end({ cause: 'guacd-unreachable', status: ENDING.guacdSilent.status, reason: `guacd-${code}` }),
  });
  const towardBrowser = createFlowControl(link, browser, toBrowserLimits(limits));
  const towardGuacd = createFlowControl(browser, link, toGuacdLimits(limits));
  const heartbeat = startHeartbeat(limits, {
    pingBrowser: browser.ping,
    browserGone: () => end(ENDING.browserSilent),
    keepAlive: () => writeToGuacd(writeInstruction('nop')),
    guacdSilent: () => carriesInput(phase) && end(ENDING.guacdSilent),
    browserPaused: towardGuacd.paused,
    guacdPaused: towardBrowser.paused,
  });
  const probe = createProbe(browser.ping, limits.probeMs);
  browser.carries({ close: () => link.close(inputCarried ? clientGuard.release() + writeInstruction('disconnect') : '') });

  return {
    message: onBrowserMessage,
    drained: towardBrowser.drained,
    alive: browserHeard,
    async probe() {
      // Its answer would lie unread.
      if (!towardGuacd.paused() && phase !== 'ended' && !(await probe.ask())) end(ENDING.browserSilent);
      if (phase === 'ended') await ended;
    },
    end,
    state: () => ({ leaseId: grant.leaseId, since, ...(lastInputAt === undefined ? {} : { lastInputAt }), ...progress() }),
    ended,
  };

  function onGuacdData(chunk: Buffer): void {
    heartbeat.guacdHeard();
    try {
      framer.feed(chunk, onGuacdInstruction);
    } catch (error) {
      endAfterChunk(noted(endingOfGuacd(error), error));
    }
    const passed = serverGuard.take();
    if (passed !== undefined) sendToBrowser(passed);
    if (frameSent && phase === 'awaiting-picture') becomeLive();
    if (pendingEnd !== undefined) end(pendingEnd);
  }

  function onGuacdInstruction(buffer: Buffer, view: InstructionView): void {
    if (pendingEnd !== undefined || phase === 'ended') return;
    if (phase !== 'handshaking') {
      serverGuard.visit(buffer, view);
      return;
    }
    const step = handshake.answer(elementsOf(buffer, view));
    link.write(step.send);
    if (step.failed !== undefined) endAfterChunk({ cause: 'desktop-unreachable', status: step.failed, reason: 'guacd-error' });
    if (!step.ready) return;
    inputCarried = true;
    enter('awaiting-picture', limits.firstPictureMs, ENDING.firstPictureTimeout);
    // The id that Guacamole.WebSocketTunnel waits for. guacd's own would let others join, so this one is made up.
    sendToBrowser(writeInstruction('', randomUUID()));
  }

  function becomeLive(): void {
    enter('live');
    connectedAt = clock.now();
    void recordConnection();
  }

  async function recordConnection(): Promise<void> {
    if (!(await told('the first picture', () => grant.onConnected()))) end(ENDING.notRecorded);
  }

  function browserHeard(): void {
    heartbeat.browserAlive();
    probe.heard();
  }

  function onBrowserMessage(text: Buffer): void {
    if (phase === 'ended') return;
    browserHeard();
    bytesFromBrowser += text.length;
    try {
      const verdict = clientGuard.judge(text.toString('utf8'));
      sendToBrowser(verdict.toBrowser);
      writeToGuacd(verdict.toGuacd);
      if (verdict.input) lastInputAt = clock.now();
      if (verdict.resize !== '') resizes.offer(verdict.resize);
      if (verdict.left) end(ENDING.browserDisconnected);
    } catch (error) {
      end(noted(endingOfBrowser(error), error));
    }
  }

  function sendToBrowser(message: Buffer | string): void {
    if (message.length === 0 || phase === 'ended') return;
    bytesToBrowser += message.length;
    browser.send(message);
    if (!towardBrowser.written()) end(ENDING.browserTooSlow);
  }

  function writeToGuacd(instructions: string): void {
    if (instructions === '' || !carriesInput(phase)) return;
    heartbeat.guacdTold();
    link.write(instructions);
    if (!towardGuacd.written()) end(ENDING.guacdTooSlow);
  }

  function enter(to: SessionPhase, patienceMs?: number, ending?: Ending): void {
    clearTimeout(deadline);
    phase = nextPhase(phase, to);
    if (patienceMs !== undefined && ending !== undefined) deadline = setTimeout(() => end(ending), patienceMs);
  }

  /** So that what of the chunk may pass, an `error` above all, still reaches the browser. */
  function endAfterChunk(ending: Ending): void {
    pendingEnd ??= ending;
  }

  function end(ending: Ending): void {
    if (phase === 'ended') return;
    enter('ended');
    heartbeat.stop();
    probe.heard();
    resizes.stop();
    browser.close(ending.status);
    onOver();
    log.info('relay session ended', { leaseId: grant.leaseId, ...ending, ...progress() });
    void recordEnd(ending);
  }

  function noted(ending: Ending, error: unknown): Ending {
    if (ending === ENDING.fault) log.error('relay session failed', { leaseId: grant.leaseId, error });
    return ending;
  }

  async function recordEnd(ending: Ending): Promise<void> {
    await told('the end', () => grant.onEnded({ ...ending, ...progress() }));
    reportedEnd();
  }

  function progress() {
    return { ...(connectedAt === undefined ? {} : { connectedAt }), bytesToBrowser, bytesFromBrowser, refused: refusals.counts() };
  }

  /** Tells whoever granted the session; false when that failed. */
  async function told(what: string, tell: () => void | Promise<void>): Promise<boolean> {
    try {
      await tell();
      return true;
    } catch (error) {
      log.error(`relay could not report ${what}`, { leaseId: grant.leaseId, error });
      return false;
    }
  }
}
