import { knownStatus } from '../guacamole-status.ts';
import type { RelayLimits } from '../limits.ts';
import { codePoints, writeInstruction } from '../wire/instruction.ts';
import { canonicalIntegerText } from '../wire/integer.ts';
import { ProtocolViolation } from '../wire/violation.ts';
import type { GuacdConnection } from './connection-parameters.ts';
import { HandshakeRefused } from './handshake-refused.ts';
import { RELIED_ON } from './security-parameters.ts';

export type HandshakeStep = {
  /** Instructions to send to guacd; may be empty. */
  readonly send: string;
  /** guacd has said `ready`: the next instruction belongs to the display. */
  readonly ready: boolean;
  /** guacd has said `error`, with this Guacamole status. */
  readonly failed?: number;
};

export type Handshake = {
  /** Begins it. */
  readonly opening: string;
  /** Answers one instruction of guacd. Throws HandshakeRefused, or a ProtocolViolation for anything out of order. */
  answer(elements: readonly string[]): HandshakeStep;
};

/**
 * The handshake of the Guacamole protocol, strict: every security parameter must be known to guacd, no setting is
 * dropped in silence, audio and video are offered in no format. guacd's connection id, which would let others join, is not kept.
 */
export function createHandshake(connection: GuacdConnection, limits: Pick<RelayLimits, 'maxElementCharacters' | 'maxInstructionBytes'>): Handshake {
  let expected: 'args' | 'ready' | 'nothing' = 'args';
  return {
    opening: writeInstruction('select', connection.protocol),
    answer([opcode, ...args]) {
      if (opcode === 'nop' && expected === 'ready') return { send: '', ready: false };
      if (opcode === 'error') return { send: '', ready: false, failed: knownStatus(canonicalIntegerText(args[1] ?? '')) };
      if (opcode !== expected) throw new ProtocolViolation('handshake-out-of-order');
      if (opcode === 'ready') {
        expected = 'nothing';
        return { send: '', ready: true };
      }
      expected = 'ready';
      return { send: answerArgs(args), ready: false };
    },
  };

  function answerArgs(args: readonly string[]): string {
    const offered = args[0]?.startsWith(VERSION_PREFIX) ? args[0].slice(VERSION_PREFIX.length) : undefined;
    const names = offered === undefined ? args : args.slice(1);
    for (const name of Object.keys(RELIED_ON[connection.protocol])) {
      if (!names.includes(name) || !connection.parameters.has(name)) throw new HandshakeRefused('security-parameter-missing', name);
    }
    for (const [name, value] of connection.parameters) {
      if (!names.includes(name)) throw new HandshakeRefused('parameter-unknown', name);
      if (value.includes('\0') || codePoints(value) > limits.maxElementCharacters) throw new HandshakeRefused('parameter-unfit', name);
    }
    const version = offered === undefined ? undefined : newestCommonVersion(offered);
    const connect = writeInstruction('connect', ...(version === undefined ? [] : [VERSION_PREFIX + version]), ...names.map((name) => connection.parameters.get(name) ?? ''));
    if (Buffer.byteLength(connect) > limits.maxInstructionBytes) throw new HandshakeRefused('parameter-unfit', 'connect');
    const { width, height, dpi } = connection.size;
    return [
      writeInstruction('size', width, height, dpi),
      writeInstruction('audio'),
      writeInstruction('video'),
      writeInstruction('image', 'image/png', 'image/jpeg', 'image/webp'),
      ...(connection.timezone !== undefined && version !== undefined && version !== '1_0_0' ? [writeInstruction('timezone', connection.timezone)] : []),
      connect,
    ].join('');
  }
}

const VERSION_PREFIX = 'VERSION_';
/** Protocol versions the relay speaks (Guacamole protocol reference, "Protocol versions"), oldest first. */
const VERSIONS = ['1_0_0', '1_1_0', '1_3_0', '1_5_0'] as const;

/** The newest version that is not newer than what guacd offers. */
function newestCommonVersion(offered: string): string {
  const isAtMostOffered = (version: string) => compareVersions(version, offered) <= 0;
  return VERSIONS.findLast(isAtMostOffered) ?? VERSIONS[0];
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('_').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (a![index] ?? 0) - (b![index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
