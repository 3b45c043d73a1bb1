import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RelayLimits } from './limits.ts';

/** The path browser ⇄ gateway ⇄ guacd: it carries sessions that were admitted elsewhere and decides nothing but what may pass. */
export type Relay = {
  /**
   * Carries one session. The request is already authenticated and the grant already claimed. Whatever happens next is
   * told through the grant: `onEnded` is called exactly once, also when the WebSocket handshake itself is invalid.
   */
  open(request: IncomingMessage, socket: Duplex, head: Buffer, grant: RelayGrant): void;
  /**
   * Answers an upgrade that is refused: completes the WebSocket handshake and closes it with the status as its decimal
   * reason, which is where a browser page can read it; plain HTTP 400 when the handshake itself is invalid.
   */
  refuse(request: IncomingMessage, socket: Duplex, head: Buffer, status: number): void;
  /** Ends the session that carries this lease; the browser is told `status`. False when none does. */
  end(leaseId: string, status: number, reason: string): boolean;
  /**
   * Asks the browser that carries this lease for a sign of life. Where none comes within {@link RelayLimits.probeMs}, its
   * session ends as one that the browser left; resolves once that has been reported, or the browser was heard.
   */
  probe(leaseId: string): Promise<void>;
  live(): readonly LiveSession[];
  /** Ends every session and accepts no more. Resolves when each has been reported as ended. */
  close(): Promise<void>;
};

export type RelayDependencies = {
  readonly guacd: GuacdAddress;
  readonly clock: { now(): Date };
  readonly log: RelayLog;
  readonly limits?: Partial<RelayLimits>;
  /**
   * guacd parameters put over the secure ones. For a test that proves that the channel guard alone also holds; nothing
   * that reads configuration may set it.
   */
  readonly forcedParameters?: Readonly<Record<string, string>>;
};

export type GuacdAddress = {
  readonly host: string;
  readonly port: number;
  /** Present: TLS, and guacd's certificate must be valid for `servername` (default: the host) under `ca` (PEM; default: the system's). */
  readonly tls?: { readonly ca?: string; readonly servername?: string };
};

export type RelayLog = {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
};

export type RelayGrant = {
  readonly leaseId: string;
  readonly settings: ConnectionSettings;
  /** Size of the browser's view. Brought to the nearest size that the limits allow. */
  readonly size: DisplaySize;
  /** IANA name, such as `Asia/Tokyo`. */
  readonly timezone?: string;
  /** The first picture has been sent. A rejection ends the session. */
  onConnected(): void | Promise<void>;
  onEnded(end: SessionEnd): void | Promise<void>;
  /** Called at most {@link RelayLimits.maxAlarms} times a session, once for each opcode. */
  onAlarm(alarm: RelayAlarm): void;
};

export type ConnectionSettings = {
  readonly protocol: 'rdp' | 'vnc';
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly domain?: string;
  /**
   * Further guacd parameters of the desktop's record. Security parameters among them are overridden, never honoured; one
   * that is neither tunable nor known to guacd refuses the connection.
   */
  readonly parameters: Readonly<Record<string, string>>;
};

/** Pixels and dots per inch. */
export type DisplaySize = { readonly width: number; readonly height: number; readonly dpi: number };

/** `opcode` is at most 32 characters of printable ASCII; everything else in it stands as `?`. */
export type RelayAlarm = { readonly kind: 'unknown-opcode'; readonly opcode: string };

/** By kind, such as `client:clipboard`, `server:file`, `server:unknown`. `bytes`: the refused instructions' size on the wire. Never contents. */
export type RefusedCounts = Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;

export type SessionEndCause =
  | 'client-left'
  | 'client-protocol-error'
  | 'client-too-slow'
  | 'desktop-ended'
  | 'desktop-unreachable'
  | 'guacd-unreachable'
  | 'guacd-protocol-error'
  | 'handshake-refused'
  | 'ended-by-gateway'
  | 'gateway-stopping';

export type SessionEnd = {
  readonly cause: SessionEndCause;
  /** Guacamole status that the browser was told; see guacamole-status.ts. */
  readonly status: number;
  /** A stable code or the caller's own reason, for the operational log; holds nothing secret. */
  readonly reason?: string;
  /** When the first picture was sent; absent when none was. */
  readonly connectedAt?: Date;
  readonly bytesToBrowser: number;
  readonly bytesFromBrowser: number;
  readonly refused: RefusedCounts;
};

export type LiveSession = {
  readonly leaseId: string;
  readonly since: Date;
  /** Absent until the first picture. */
  readonly connectedAt?: Date;
  /** When somebody last pressed, moved or touched something; absent where nobody has. */
  readonly lastInputAt?: Date;
  readonly bytesToBrowser: number;
  readonly bytesFromBrowser: number;
  readonly refused: RefusedCounts;
};
