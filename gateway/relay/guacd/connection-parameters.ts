import { z } from 'zod';
import type { ConnectionSettings, DisplaySize } from '../contract.ts';
import type { RelayLimits } from '../limits.ts';
import { HandshakeRefused } from './handshake-refused.ts';
import { isSecurityParameter, RELIED_ON, TUNABLE } from './security-parameters.ts';

/** guacd parameters by name, each with the value it is sent with; those that are absent are sent blank. */
export type GuacdParameters = Readonly<Record<string, string>>;

/**
 * Settings of a desktop made into guacd parameters. The security parameters come last and win; `forced` is put over even
 * them, see RelayDependencies. Throws HandshakeRefused for a parameter that is not tunable or, stored
 * wrongly, no text.
 */
export function connectionParameters(settings: ConnectionSettings, forced: GuacdParameters = {}): GuacdParameters {
  const parameters: Record<string, string> = { ...USUAL[settings.protocol], hostname: settings.host, port: String(settings.port) };
  for (const name of ['username', 'password', 'domain'] as const) {
    const value = settings[name];
    if (value !== undefined && value !== '') parameters[name] = value;
  }
  for (const [name, value] of Object.entries(settings.parameters)) {
    if (isSecurityParameter(settings.protocol, name)) continue;
    if (!TUNABLE[settings.protocol].has(name)) throw new HandshakeRefused('parameter-unknown', name);
    if (typeof value !== 'string') throw new HandshakeRefused('parameter-unfit', name);
    parameters[name] = value;
  }
  return { ...parameters, ...RELIED_ON[settings.protocol], ...forced };
}

/** What holds where a desktop's record says nothing else: an RDP desktop follows the size of the browser's window. */
const USUAL: Readonly<Record<ConnectionSettings['protocol'], GuacdParameters>> = { rdp: { 'resize-method': 'display-update' }, vnc: {} };

/** Everything the handshake with guacd says. */
export type GuacdConnection = {
  readonly protocol: ConnectionSettings['protocol'];
  readonly parameters: ReadonlyMap<string, string>;
  readonly size: DisplaySize;
  readonly timezone?: string;
};

/** What guacamole-lite merged from the parameters and the display. */
const mergedSettings = z.object({ width: z.int(), height: z.int(), dpi: z.int(), timezone: z.string().optional() }).catchall(z.string());

/** Takes merged settings apart again. Throws HandshakeRefused where a value is no text. */
export function guacdConnection(protocol: ConnectionSettings['protocol'], merged: unknown): GuacdConnection {
  const parsed = mergedSettings.safeParse(merged);
  if (!parsed.success) throw new HandshakeRefused('parameter-unfit', String(parsed.error.issues[0]?.path[0] ?? 'settings'));
  const { width, height, dpi, timezone, ...parameters } = parsed.data;
  return { protocol, parameters: new Map(Object.entries(parameters)), size: { width, height, dpi }, ...(timezone === undefined ? {} : { timezone }) };
}

/** The nearest size within the limits, in whole pixels. Throws HandshakeRefused for what is no number. */
export function fittingSize(size: DisplaySize, limits: RelayLimits): DisplaySize {
  return {
    width: fitting('width', size.width, limits.minSidePixels, limits.maxSidePixels),
    height: fitting('height', size.height, limits.minSidePixels, limits.maxSidePixels),
    dpi: fitting('dpi', size.dpi, limits.minDpi, limits.maxDpi),
  };
}

function fitting(name: string, value: number, least: number, most: number): number {
  if (!Number.isFinite(value)) throw new HandshakeRefused('parameter-unfit', name);
  return Math.min(most, Math.max(least, Math.floor(value)));
}
