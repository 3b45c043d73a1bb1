import { GUACAMOLE_STATUS } from '../guacamole-status.ts';
import type { RelayLimits } from '../limits.ts';
import { writeInstruction } from '../wire/instruction.ts';
import { canonicalIntegerText } from '../wire/integer.ts';
import { parseMessage } from '../wire/message.ts';
import { type ClientRule, clientRules } from './client-rules.ts';
import { createHeldInput } from './held-input.ts';
import { refusalKind } from './opcodes.ts';
import type { Refusals } from './refusals.ts';

export type ClientGuardDependencies = {
  readonly limits: RelayLimits;
  readonly refusals: Refusals;
  /** See ServerGuard. */
  readonly lastSync: () => number;
  readonly settleAcknowledgement: (index: number) => boolean;
  /** Touch was negotiated with guacd. */
  readonly touch: boolean;
};

export type ClientVerdict = {
  /** Instructions for guacd, written anew; may be empty. */
  readonly toGuacd: string;
  /** The last resize asked for, written anew; how often one is sent is not judged here. */
  readonly resize: string;
  /** Answers of the gateway's own to the browser; may be empty. */
  readonly toBrowser: string;
  /** Somebody pressed, moved or touched something. */
  readonly input: boolean;
  /** The browser said `disconnect`. */
  readonly left: boolean;
};

const INPUT: ReadonlySet<string> = new Set(['key', 'mouse', 'touch']);

export type ClientGuard = {
  /** Judges one text message. Throws a ProtocolViolation when it cannot be read. */
  judge(message: string): ClientVerdict;
  /** Lets go of every key and button that is held down. */
  release(): string;
};

/**
 * Browser → guacd, default-deny: every message is taken apart, checked, and what may pass is written anew; no byte of
 * the browser is ever forwarded. A refused stream is answered, so that a page fails cleanly and does not wait for ever.
 */
export function createClientGuard({ limits, refusals, lastSync, settleAcknowledgement, touch }: ClientGuardDependencies): ClientGuard {
  const rules = clientRules(limits, lastSync, touch);
  const held = createHeldInput(limits.maxHeldKeys);
  const refusedStreams = new Map<number, string>();

  return {
    judge(message) {
      let toGuacd = '';
      let resize = '';
      let toBrowser = '';
      let input = false;
      for (const instruction of parseMessage(message, limits)) {
        const [opcode = '', ...args] = instruction;
        const rule = rules.get(opcode);
        if (opcode === '') {
          toBrowser += answerPing(args);
        } else if (rule === undefined) {
          toBrowser += refuse(opcode, args);
        } else {
          const values = rule(args);
          if (values === undefined) count(opcode, args);
          else if (opcode === 'disconnect') return { toGuacd, resize, toBrowser, input, left: true };
          else if (opcode === 'size') resize = writeInstruction(opcode, ...values);
          else {
            toGuacd += pass(opcode, values, args);
            input ||= INPUT.has(opcode);
          }
        }
      }
      return { toGuacd, resize, toBrowser, input, left: false };
    },
    release: () => held.release(),
  };

  function pass(opcode: string, values: NonNullable<ReturnType<ClientRule>>, args: readonly string[]): string {
    if (opcode === 'key' && !held.key(values[0]!, values[1] === 1)) {
      count(opcode, args);
      return '';
    }
    if (opcode === 'mouse') held.mouse(values[0]!, values[1]!, values[2]!);
    return writeInstruction(opcode, ...values);
  }

  /** guacamole-common-js asks with an empty opcode, which guacd does not know, whether the line is stable. */
  function answerPing(args: readonly string[]): string {
    if (args.length === 2 && args[0] === 'ping' && canonicalIntegerText(args[1]!) >= 0) return writeInstruction('', 'ping', args[1]!);
    refusals.add('client:internal', wireSize('', args));
    return '';
  }

  function refuse(opcode: string, args: readonly string[]): string {
    const index = canonicalIntegerText(args[STREAM_OPENERS.get(opcode) ?? 0] ?? '');
    const known = index >= 0 && index <= limits.maxStreamIndex;
    if (opcode === 'ack') {
      // One for each blob of an image comes from every browser: needless, but no attempt at anything.
      if (!(known && args.length === 3 && settleAcknowledgement(index))) count(opcode, args);
      return '';
    }
    const kind = refusedStreams.get(index);
    if ((opcode === 'blob' || opcode === 'end') && kind !== undefined) {
      refusals.addBytes(kind, wireSize(opcode, args));
      if (opcode === 'end') refusedStreams.delete(index);
      return '';
    }
    count(opcode, args);
    if (!STREAM_OPENERS.has(opcode) || !known) return '';
    refusedStreams.set(index, refusalKind('client', opcode));
    return writeInstruction('ack', index, 'FORBIDDEN', GUACAMOLE_STATUS.CLIENT_FORBIDDEN);
  }

  function count(opcode: string, args: readonly string[]): void {
    refusals.add(refusalKind('client', opcode), wireSize(opcode, args));
  }
}

/** Openers of streams toward guacd, with the place of the stream index among the arguments. */
const STREAM_OPENERS: ReadonlyMap<string, number> = new Map([
  ['clipboard', 0],
  ['file', 0],
  ['pipe', 0],
  ['argv', 0],
  ['audio', 0],
  ['put', 1],
]);

function wireSize(opcode: string, args: readonly string[]): number {
  return Buffer.byteLength(writeInstruction(opcode, ...args));
}
