import { isAscii } from 'node:buffer';
import { GUACAMOLE_STATUS, knownStatus, statusName } from '../guacamole-status.ts';
import type { RelayLimits } from '../limits.ts';
import { writeInstruction } from '../wire/instruction.ts';
import { canonicalInteger } from '../wire/integer.ts';
import type { InstructionView } from '../wire/scan.ts';
import { createLayers } from './layers.ts';
import { printableOpcode, refusalKind } from './opcodes.ts';
import { createGuardOutput } from './output.ts';
import type { Refusals } from './refusals.ts';
import { ruleFinder, serverRules } from './server-rules.ts';
import { createServerStreams } from './server-streams.ts';

/** What the guard asks of the session besides letting bytes pass. */
export type ServerGuardEffects = {
  /** An instruction of the gateway's own to guacd. */
  toGuacd(instruction: string): void;
  /** The desktop or guacd ended the connection with this (known) Guacamole status. */
  desktopFailed(status: number): void;
  /** guacd said `disconnect`. */
  desktopLeft(): void;
  /** A frame is complete. */
  frameSent(): void;
  /** guacd waits for credentials, which nobody will send. */
  credentialsRequired(): void;
  unknownOpcode(opcode: string): void;
};

export type ServerGuard = {
  /** Judges one instruction of guacd. */
  visit(buffer: Buffer, view: InstructionView): void;
  /** What of the visited instructions goes to the browser: whole instructions only. */
  take(): Buffer | undefined;
  /** Timestamp of the last `sync` that passed; -1 before the first. */
  lastSync(): number;
  /** Whether an acknowledgement by the browser is of an image that was sent to it. */
  settleAcknowledgement(index: number): boolean;
};

/**
 * guacd → browser, default-deny: an instruction passes, byte for byte, only if its opcode is on the list and every
 * argument is canonical and within bounds. What passes is ASCII throughout, so that code points, UTF-16 units and bytes
 * are one and no reader can count it differently.
 */
export function createServerGuard(limits: RelayLimits, refusals: Refusals, effects: ServerGuardEffects): ServerGuard {
  const findRule = ruleFinder(serverRules(limits));
  const output = createGuardOutput();
  const streams = createServerStreams();
  const layers = createLayers(limits);
  const alarmed = new Set<string>();
  let lastSync = -1;

  return {
    take: output.take,
    lastSync: () => lastSync,
    settleAcknowledgement: streams.settleAcknowledgement,
    visit(buffer, view) {
      const rule = findRule(buffer, view.starts[0]!, view.ends[0]!);
      if (rule === undefined) {
        refuseOpcode(buffer, view);
      } else if (rule.opcode === 'error') {
        replaceError(buffer, view);
      } else if ((view.ascii || isAscii(buffer.subarray(view.start, view.end))) && rule.matches(buffer, view) && apply(rule.opcode, buffer, view)) {
        output.pass(buffer, view.start, view.end);
      } else if (!belongsToRefusedStream(rule.opcode, buffer, view)) {
        refusals.add(refusalKind('server', rule.opcode), view.end - view.start);
      }
    },
  };

  /** Follows an instruction whose form is right; false when it may not pass all the same. */
  function apply(opcode: string, buffer: Buffer, view: InstructionView): boolean {
    switch (opcode) {
      case 'blob': {
        const index = integerArgument(buffer, view, 1);
        if (streams.standing(index) !== true) return false;
        streams.blobSent(index);
        return true;
      }
      case 'end': {
        const index = integerArgument(buffer, view, 1);
        if (streams.standing(index) !== true) return false;
        streams.close(index);
        return true;
      }
      case 'img': {
        const index = integerArgument(buffer, view, 1);
        if (streams.openAllowed(index)) output.insert(writeInstruction('end', index));
        return true;
      }
      case 'sync':
        lastSync = integerArgument(buffer, view, 1);
        effects.frameSent();
        return true;
      case 'size':
        return layers.resize(integerArgument(buffer, view, 1), integerArgument(buffer, view, 2), integerArgument(buffer, view, 3));
      case 'dispose':
        layers.dispose(integerArgument(buffer, view, 1));
        return true;
      case 'disconnect':
        effects.desktopLeft();
        return true;
      default:
        return true;
    }
  }

  function belongsToRefusedStream(opcode: string, buffer: Buffer, view: InstructionView): boolean {
    if (opcode !== 'blob' && opcode !== 'end') return false;
    const index = integerArgument(buffer, view, 1);
    const kind = streams.standing(index);
    if (typeof kind !== 'string') return false;
    refusals.addBytes(kind, view.end - view.start);
    if (opcode === 'end') streams.close(index);
    return true;
  }

  /** Its text could hold anything, a file name among it; the browser learns the status only. */
  function replaceError(buffer: Buffer, view: InstructionView): void {
    const status = view.count === 3 ? knownStatus(integerArgument(buffer, view, 2)) : GUACAMOLE_STATUS.SERVER_ERROR;
    output.insert(writeInstruction('error', statusName(status), status));
    effects.desktopFailed(status);
  }

  function refuseOpcode(buffer: Buffer, view: InstructionView): void {
    const opcode = buffer.toString('latin1', view.starts[0], view.ends[0]);
    const kind = refusalKind('server', opcode);
    refusals.add(kind, view.end - view.start);
    const openerIndex = STREAM_OPENERS.get(opcode);
    if (openerIndex !== undefined) refuseStream(opcode, kind, integerArgument(buffer, view, openerIndex));
    else if (opcode === 'required') effects.credentialsRequired();
    else if (kind === 'server:unknown') raiseAlarm(printableOpcode(opcode));
  }

  /**
   * guacd keeps a user's file stream (even index) open until it is acknowledged, and its child dies when it has none
   * left; so the refusal is told to it.
   */
  function refuseStream(opcode: string, kind: string, index: number): void {
    if (!(index >= 0 && index <= limits.maxStreamIndex)) return;
    if (streams.openRefused(index, kind)) output.insert(writeInstruction('end', index));
    if (index % 2 === 0 && (opcode === 'file' || opcode === 'body')) {
      effects.toGuacd(writeInstruction('ack', index, 'FORBIDDEN', GUACAMOLE_STATUS.CLIENT_FORBIDDEN));
    }
  }

  function raiseAlarm(opcode: string): void {
    if (alarmed.size >= limits.maxAlarms || alarmed.has(opcode)) return;
    alarmed.add(opcode);
    effects.unknownOpcode(opcode);
  }
}

/** Openers of streams that are refused, with the place of the stream index among the elements. */
const STREAM_OPENERS: ReadonlyMap<string, number> = new Map([
  ['clipboard', 1],
  ['file', 1],
  ['pipe', 1],
  ['argv', 1],
  ['audio', 1],
  ['video', 1],
  ['body', 2],
]);

function integerArgument(buffer: Buffer, view: InstructionView, element: number): number {
  return element < view.count ? canonicalInteger(buffer, view.starts[element]!, view.ends[element]!) : Number.NaN;
}
