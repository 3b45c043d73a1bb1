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
