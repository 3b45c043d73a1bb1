/**
 * What the operational log may say: a field that is not here is not written, whatever it holds. Passwords, one-time codes,
 * tokens, cookies, headers, secrets, bodies and keys have no place here.
 *
 * - `public`: identifiers, codes, counts, addresses of machines
 * - `personal`: belongs to a person; kept, since somebody has to find an attack
 * - `text`: free text from a program, scrubbed of what looks like a credential
 * - `length-only`: the number of characters of what somebody typed or sent
 * - `counts`: numbers by kind, such as `client:clipboard`, which are names of the program's own
 * - `error`: name, code and scrubbed message of an error and of its causes; the stack at level error
 */
export type Classification = 'public' | 'personal' | 'text' | 'length-only' | 'counts' | 'error';

export const FIELDS: ReadonlyMap<string, Classification> = new Map(
  Object.entries({
    // requests
    requestId: 'public',
    method: 'public',
    route: 'public',
    status: 'public',
    code: 'public',
    support: 'public',
    reasons: 'public',
    durationMs: 'public',
    retryAfterSeconds: 'public',
    address: 'personal',
    userAgent: 'personal',
    username: 'length-only',
    // who and what
    personId: 'personal',
    signInId: 'public',
    organisationId: 'public',
    unitId: 'public',
    desktopId: 'public',
    dutyId: 'public',
    leaseId: 'public',
    relayId: 'public',
    protocol: 'public',
    site: 'public',
    provider: 'public',
    state: 'public',
    // the relay
    guacamole: 'public',
    guacd: 'public',
    cause: 'text',
    reason: 'text',
    refused: 'counts',
    connectedAt: 'public',
    opcode: 'text',
    kind: 'public',
    count: 'public',
    bytes: 'public',
    bytesToBrowser: 'public',
    bytesFromBrowser: 'public',
    connectedSeconds: 'public',
    // parts and settings
    gateway: 'public',
    version: 'public',
    mode: 'public',
    host: 'public',
    port: 'public',
    publicUrl: 'text',
    file: 'public',
    setting: 'public',
    migration: 'public',
    signal: 'public',
    pid: 'public',
    part: 'public',
    task: 'public',
    line: 'text',
    detail: 'text',
    // the audit trail
    lanes: 'public',
    number: 'public',
    error: 'error',
  } satisfies Record<string, Classification>),
);
