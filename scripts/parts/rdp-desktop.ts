import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startDesktop, type RealDesktop } from './desktop.ts';
import type { DesktopIdentity } from './keeper/messages.ts';
import { silent, type Log } from './log.ts';
import { asRoot } from './root.ts';

export interface RdpDesktopOptions {
  readonly title?: string;
  /** Initial size in pixels; the desktop takes the client's when one connects. */
  readonly width?: number;
  readonly height?: number;
  /** What an earlier desktop was reached and entered by, to be the same again. */
  readonly identity?: DesktopIdentity;
  readonly log?: Log;
}

/**
 * A real xrdp desktop (Xorg) on the loopback address, logged in and waiting: window manager, editor with a document,
 * Japanese input. Needs root (or sudo that does not ask) for the account it makes and for xrdp itself.
 */
export async function startRdpDesktop(options: RdpDesktopOptions = {}): Promise<RealDesktop> {
  const { title = '総務課 RDP デスクトップ', width = 1280, height = 800, identity, log = silent } = options;
  return startDesktop({ protocol: 'rdp', title, width, height, ...(identity && { identity }) }, [...asRoot, ...(await ownMounts())], log);
}

/** A mount namespace whose mounts nobody else sees. In a plain chroot the root is no mount and cannot be made private. */
async function ownMounts(): Promise<string[]> {
  const unshare = (propagation: string) => ['unshare', '--mount', '--propagation', propagation];
  const canBePrivate = await promisify(execFile)('env', [...asRoot, ...unshare('private'), 'true']).then(
    () => true,
    () => false,
  );
  // The keeper makes sure that it is alone with its mounts.
  return unshare(canBePrivate ? 'private' : 'unchanged');
}
