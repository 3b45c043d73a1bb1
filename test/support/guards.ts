import { createClientGuard, type ClientVerdict } from '../../gateway/relay/guard/client-guard.ts';
import { createRefusals } from '../../gateway/relay/guard/refusals.ts';
import { createServerGuard } from '../../gateway/relay/guard/server-guard.ts';
import { resolveLimits, type RelayLimits, type RefusedCounts } from '../../gateway/relay/index.ts';
import { createFramer } from '../../gateway/relay/wire/framer.ts';
import { ProtocolViolation } from '../../gateway/relay/wire/violation.ts';

const DEFAULTS = resolveLimits();

/** What came of bytes that guacd sent. */
export interface ServerOutcome {
  /** What goes to the browser, a message for each chunk that let something pass. */
  readonly messages: readonly string[];
  readonly toBrowser: string;
  readonly toGuacd: string;
  /** Effects in their order, such as `failed 519` or `alarm foo`. */
  readonly effects: readonly string[];
  readonly refused: RefusedCounts;
  /** Code of the violation that ended it. */
  readonly violation?: string;
  readonly lastSync: number;
  readonly pendingBytes: number;
  settleAcknowledgement(index: number): boolean;
}

/** Feeds guacd's bytes to the guard, in the chunks given. */
export function fromGuacd(chunks: Iterable<Buffer | string>, overrides: Partial<RelayLimits> = {}): ServerOutcome {
  const limits = Object.keys(overrides).length === 0 ? DEFAULTS : resolveLimits(overrides);
  const refusals = createRefusals();
  const framer = createFramer(limits);
  const messages: string[] = [];
  const effects: string[] = [];
  let toGuacd = '';
  const guard = createServerGuard(limits, refusals, {
    toGuacd: (instruction) => void (toGuacd += instruction),
    desktopFailed: (status) => void effects.push(`failed ${status}`),
    desktopLeft: () => void effects.push('left'),
    frameSent: () => undefined,
    credentialsRequired: () => void effects.push('credentials required'),
    unknownOpcode: (opcode) => void effects.push(`alarm ${opcode}`),
  });
  let violation: string | undefined;
  for (const chunk of chunks) {
    try {
      framer.feed(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, guard.visit);
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      violation = error.code;
    }
    const passed = guard.take();
    if (passed !== undefined) messages.push(passed.toString('utf8'));
    if (violation !== undefined) break;
  }
  return {
    messages,
    toBrowser: messages.join(''),
    toGuacd,
    effects,
    refused: refusals.counts(),
    ...(violation === undefined ? {} : { violation }),
    lastSync: guard.lastSync(),
    pendingBytes: framer.pendingBytes(),
    settleAcknowledgement: guard.settleAcknowledgement,
  };
}

/** What came of messages that the browser sent. */
export interface ClientOutcome extends ClientVerdict {
  readonly refused: RefusedCounts;
  readonly violation?: string;
  /** What lets go of everything held down. */
  readonly release: string;
}

export interface ClientCircumstances {
  readonly limits?: Partial<RelayLimits>;
  readonly lastSync?: number;
  /** Blobs of images that the browser was sent, by stream index. */
  readonly blobsSent?: Record<number, number>;
  readonly touch?: boolean;
}

/** Feeds the browser's messages to the guard. */
export function fromBrowser(messages: Iterable<string>, { limits, lastSync = 1_000, blobsSent = {}, touch = false }: ClientCircumstances = {}): ClientOutcome {
  const refusals = createRefusals();
  const owed = { ...blobsSent };
  const guard = createClientGuard({
    limits: limits === undefined ? DEFAULTS : resolveLimits(limits),
    refusals,
    lastSync: () => lastSync,
    settleAcknowledgement: (index) => {
      const left = owed[index] ?? 0;
      owed[index] = left - 1;
      return left > 0;
    },
    touch,
  });
  const sum = { toGuacd: '', toBrowser: '', resize: '', input: false, left: false };
  let violation: string | undefined;
  for (const message of messages) {
    try {
      const verdict = guard.judge(message);
      sum.toGuacd += verdict.toGuacd;
      sum.toBrowser += verdict.toBrowser;
      if (verdict.resize !== '') sum.resize = verdict.resize;
      sum.input ||= verdict.input;
      sum.left ||= verdict.left;
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      violation = error.code;
      break;
    }
  }
  return { ...sum, refused: refusals.counts(), ...(violation === undefined ? {} : { violation }), release: guard.release() };
}
