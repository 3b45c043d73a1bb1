import type { RealDesktop } from './desktop.ts';
import { startGuacd, type Guacd } from './guacd.ts';
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

/** A whole small office on the loopback address: guacd, a VNC desktop and an RDP desktop. Throws, leaving nothing, where one does not start. */
export async function startOffice({ log = silent }: { readonly log?: Log } = {}): Promise<Office> {
  const say = (name: string): Log => (line) => log(`${name}: ${line}`);
  const starts = [startGuacd({ log: say('guacd') }), startVncDesktop({ log: say('vnc') }), startRdpDesktop({ log: say('rdp') })] as const;
  const settled = await Promise.allSettled(starts);
  const stop = async () => {
    await Promise.all(settled.map((part) => (part.status === 'fulfilled' ? part.value.stop() : undefined)));
  };
  try {
    const [guacd, vnc, rdp] = await Promise.all(starts);
    return { guacd, vnc, rdp, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
