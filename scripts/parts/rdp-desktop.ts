import { startDesktop, type RealDesktop } from './desktop.ts';
import { silent, type Log } from './log.ts';
import { asRoot } from './root.ts';

export interface RdpDesktopOptions {
  readonly title?: string;
  /** Initial size in pixels; the desktop takes the client's when one connects. */
  readonly width?: number;
  readonly height?: number;
  readonly log?: Log;
}

/**
 * A real xrdp desktop (Xorg) on the loopback address, logged in and waiting: window manager, editor with a document,
 * Japanese input. Needs root (or sudo that does not ask) for the account it makes and for xrdp itself.
 */
export async function startRdpDesktop(options: RdpDesktopOptions = {}): Promise<RealDesktop> {
  const { title = '総務課 RDP デスクトップ', width = 1280, height = 800, log = silent } = options;
  const ownMounts = ['unshare', '--mount', '--propagation', 'private'];
  return startDesktop({ protocol: 'rdp', title, width, height }, [...asRoot, ...ownMounts], log);
}
