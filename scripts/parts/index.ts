import type { RealDesktop } from './desktop.ts';
import { startGuacd, type Guacd } from './guacd.ts';
import type { DesktopIdentity } from './keeper/messages.ts';
import { silent, type Log } from './log.ts';
import { startRdpDesktop } from './rdp-desktop.ts';
import { startVncDesktop } from './vnc-desktop.ts';

export interface Office {
  readonly guacd: Guacd;
  readonly vnc: RealDesktop;
  readonly rdp: RealDesktop;
  /** Ends all three. */
  stop(): Promise<void>;
}

export interface OfficeOptions {
  /** To be reached and entered as an earlier office was. */
  readonly identities?: { readonly vnc?: DesktopIdentity; readonly rdp?: DesktopIdentity };
  readonly log?: Log;
}

/** A whole small office on the loopback address: guacd, a VNC desktop and an RDP desktop. Throws, leaving nothing, where one does not start. */
export async function startOffice({ log = silent, identities = {} }: OfficeOptions = {}): Promise<Office> {
  const say = (name: string): Log => (line) => log(`${name}: ${line}`);
  const { vnc, rdp } = identities;
  const starts = [
    startGuacd({ log: say('guacd') }),
    startVncDesktop({ log: say('vnc'), ...(vnc && { identity: vnc }) }),
    startRdpDesktop({ log: say('rdp'), ...(rdp && { identity: rdp }) }),
  ] as const;
  const settled = await Promise.allSettled(starts);
  const stop = async () => {
    await Promise.all(settled.filter((part) => part.status === 'fulfilled').map((part) => part.value.stop()));
  };
  try {
    const [guacd, vnc, rdp] = await Promise.all(starts);
    return { guacd, vnc, rdp, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
