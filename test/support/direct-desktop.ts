import type { Guacd } from '../../scripts/parts/guacd.ts';
import type { RealDesktop } from '../../scripts/parts/desktop.ts';
import { openDirectSession, type DirectSession } from './direct-guacd-client.ts';

/** A desktop's connection parameters for guacd, with nothing forbidden. */
export function permissiveParameters(desktop: RealDesktop): Record<string, string> {
  const common = { hostname: desktop.host, port: `${desktop.port}`, password: desktop.password };
  if (desktop.protocol === 'vnc') return common;
  return { ...common, username: desktop.username ?? '', security: 'any', 'ignore-cert': 'true', 'server-layout': 'ja-jp-qwerty' };
}

/** Opens a desktop directly at guacd and waits until its picture stands still. */
export async function openDesktop(guacd: Guacd, desktop: RealDesktop, extra: Record<string, string> = {}): Promise<DirectSession> {
  const parameters = { ...permissiveParameters(desktop), ...extra };
  const session = await openDirectSession({ host: guacd.host, port: guacd.port, select: desktop.protocol, parameters });
  await session.waitFor(([opcode]) => opcode === 'sync');
  await session.untilQuiet();
  return session;
}

/** Puts a text on the desktop's own clipboard. */
export function copyOn(desktop: RealDesktop, text: string): Promise<string> {
  return desktop.run('timeout', ['5', 'xclip', '-i', '-selection', 'clipboard'], { input: text });
}

/**
 * Copies on the desktop until one copy arrives: right after a connection xrdp passes over some. From then on each arrives.
 * Throws where none does within `attempts` of 2 s each.
 */
export async function untilClipboardCarries(session: DirectSession, desktop: RealDesktop, attempts = 8): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    await copyOn(desktop, `attempt ${attempt}`);
    const opener = await session.waitFor(([opcode]) => opcode === 'clipboard', 2_000).catch(() => undefined);
    if (!opener) continue;
    await session.contentsOf(opener);
    await session.untilQuiet();
    return;
  }
  throw new Error(`None of ${attempts} copies on the ${desktop.protocol} desktop arrived`);
}
