import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { startDesktop, type RealDesktop } from './desktop.ts';
import type { DesktopIdentity } from './keeper/messages.ts';
import { silent, type Log } from './log.ts';
import { asRoot } from './root.ts';

export interface VncDesktopOptions {
  readonly title?: string;
  /** In pixels; a VNC desktop keeps its size. */
  readonly width?: number;
  readonly height?: number;
  /** What an earlier desktop was reached and entered by, to be the same again. */
  readonly identity?: DesktopIdentity;
  readonly log?: Log;
}

/**
 * A real TigerVNC desktop on the loopback address: window manager, editor with a document, Japanese input.
 * Runs as an ordinary account: one made for it where this process is root's, otherwise this process's own.
 */
export async function startVncDesktop(options: VncDesktopOptions = {}): Promise<RealDesktop> {
  const { title = '防災課 VNC デスクトップ', width = 1280, height = 800, identity, log = silent } = options;
  // Only root may make the directory that X servers put their sockets in, and not every container has it.
  if (!existsSync('/tmp/.X11-unix')) await promisify(execFile)('env', [...asRoot, 'install', '-d', '-m', '1777', '/tmp/.X11-unix']);
  return startDesktop({ protocol: 'vnc', title, width, height, ...(identity && { identity }) }, [], log);
}
