/** What passes between a desktop's handle and its keeper: one JSON object a line, each way. */

/** First line to the keeper. */
export interface DesktopOrder {
  readonly protocol: 'vnc' | 'rdp';
  /** Shown as the desktop's name (VNC) and in its welcome document. */
  readonly title: string;
  /** Initial size in pixels; RDP follows the client afterwards. */
  readonly width: number;
  readonly height: number;
  /** Taken instead of what would be chosen, so that a record of the desktop goes on fitting. */
  readonly identity?: DesktopIdentity;
}

/** By what a desktop is reached and entered. */
export interface DesktopIdentity {
  /** On the loopback address. */
  readonly port: number;
  /** Absent where the protocol asks for a password only (VNC). An account of this name is made, and must not exist. */
  readonly username?: string;
  /** For VNC 8 characters at most. */
  readonly password: string;
}

/** Further lines to the keeper. */
export interface RunOrder {
  readonly id: number;
  readonly command: string;
  readonly args: readonly string[];
  /** Given to the command as standard input; absent is empty. */
  readonly input?: string;
}

export interface DesktopFacts extends DesktopIdentity {
  readonly protocol: 'vnc' | 'rdp';
  readonly host: string;
  /** X11 display, for example `:12`. */
  readonly display: string;
  /** The ordinary OS account that the desktop runs as. */
  readonly user: string;
  readonly home: string;
  /** The text document that is open in the editor. */
  readonly documentFile: string;
  /** RDP: where redirected drives appear while a client is connected, `GUACFS` of Guacamole among them. */
  readonly drives?: string;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Lines from the keeper. */
export type KeeperMessage =
  | { readonly ready: DesktopFacts }
  | { readonly failed: string }
  | { readonly log: string }
  | { readonly id: number; readonly result: RunResult }
  | { readonly id: number; readonly error: string };
