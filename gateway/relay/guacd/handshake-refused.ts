/** Why the relay will not connect with the guacd or the settings it was given. */
export type HandshakeRefusalCode = 'security-parameter-missing' | 'parameter-unknown' | 'parameter-unfit';

export class HandshakeRefused extends Error {
  readonly code: HandshakeRefusalCode;
  /** Name of the parameter; never its value. */
  readonly parameter: string;

  constructor(code: HandshakeRefusalCode, parameter: string) {
    super(`guacd handshake refused: ${code} (${parameter})`);
    this.name = 'HandshakeRefused';
    this.code = code;
    this.parameter = parameter;
  }
}
