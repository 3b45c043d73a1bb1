/** What can be wrong with the framing of the Guacamole protocol. After any of these the stream cannot be read on. */
export type ViolationCode =
  | 'length-missing'
  | 'length-not-canonical'
  | 'element-too-long'
  | 'terminator-missing'
  | 'too-many-elements'
  | 'instruction-too-long'
  | 'instruction-incomplete'
  | 'opcode-empty'
  | 'not-text'
  | 'message-invalid'
  | 'handshake-out-of-order';

export class ProtocolViolation extends Error {
  readonly code: ViolationCode;

  constructor(code: ViolationCode) {
    super(`Guacamole protocol violated: ${code}`);
    this.name = 'ProtocolViolation';
    this.code = code;
  }
}
