/**
 * Every opcode that the Guacamole protocol reference or libguac names, in either direction. A refused one is counted
 * under its own name; what is not here is counted as `unknown`.
 */
export const KNOWN_OPCODES: ReadonlySet<string> = new Set([
  // drawing
  'arc', 'cfill', 'clip', 'close', 'copy', 'cstroke', 'cursor', 'curve', 'dispose', 'distort', 'identity', 'jpeg', 'lfill', 'line', 'lstroke',
  'move', 'png', 'pop', 'push', 'rect', 'reset', 'set', 'shade', 'size', 'start', 'transfer', 'transform',
  // streams and objects
  'ack', 'argv', 'audio', 'blob', 'body', 'clipboard', 'end', 'file', 'filesystem', 'get', 'img', 'nest', 'pipe', 'put', 'undefine', 'video',
  // input
  'key', 'mouse', 'touch', 'usbconnect', 'usbdata', 'usbdisconnect',
  // handshake and control
  'args', 'connect', 'disconnect', 'error', 'image', 'log', 'msg', 'name', 'nop', 'ready', 'required', 'select', 'sync', 'timezone',
]);

/** What a refusal is counted under. */
export function refusalKind(direction: 'client' | 'server', opcode: string): string {
  return `${direction}:${KNOWN_OPCODES.has(opcode) ? opcode : 'unknown'}`;
}

/** An opcode as it may stand in a log or on the trail: printable ASCII, at most 32 characters. */
export function printableOpcode(opcode: string): string {
  return opcode.slice(0, 32).replaceAll(/[^\x21-\x7e]/gu, '?');
}
