import { z } from 'zod';
import type { Protocol } from '../port.ts';
import { invalidFields } from './invalid.ts';

const flag = z.enum(['true', 'false']);
const text = z.string().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]+$/u, 'no control characters');
const colourDepth = z.enum(['8', '16', '24', '32']);

/**
 * guacd's parameters that a desktop's record may carry, by protocol (Guacamole manual, "Configuring connections"). All
 * others are refused: those that open a channel (clipboard, drive, printing, sound, SFTP, static channels), those that
 * name another host, credentials, and those that the browser or the relay decides.
 */
const PARAMETERS = {
  rdp: z.strictObject({
    security: z.enum(['any', 'nla', 'nla-ext', 'tls', 'vmconnect', 'rdp']).exactOptional(),
    'ignore-cert': flag.exactOptional(),
    // From guacd 1.6 on; an older one refuses the connection.
    'cert-fingerprints': z.string().regex(/^[a-z0-9-]{3,10}:[0-9a-f]{2}(:[0-9a-f]{2}){15,63}$/i, 'a fingerprint such as sha256:1f:…').exactOptional(),
    'server-layout': z.string().regex(/^[a-z]{2}-[a-z]{2}-[a-z0-9]{4,12}$|^failsafe$/, 'a keyboard layout such as ja-jp-qwerty').exactOptional(),
    'color-depth': colourDepth.exactOptional(),
    'resize-method': z.enum(['display-update', 'reconnect']).exactOptional(),
    'client-name': text.exactOptional(),
    console: flag.exactOptional(),
    'initial-program': text.exactOptional(),
    'load-balance-info': text.exactOptional(),
    'preconnection-id': z.string().regex(/^\d{1,10}$/, 'a number').exactOptional(),
    'preconnection-blob': text.exactOptional(),
    'enable-wallpaper': flag.exactOptional(),
    'enable-theming': flag.exactOptional(),
    'enable-font-smoothing': flag.exactOptional(),
    'enable-full-window-drag': flag.exactOptional(),
    'enable-desktop-composition': flag.exactOptional(),
    'enable-menu-animations': flag.exactOptional(),
    'disable-bitmap-caching': flag.exactOptional(),
    'disable-offscreen-caching': flag.exactOptional(),
    'disable-glyph-caching': flag.exactOptional(),
  }),
  vnc: z.strictObject({
    'color-depth': colourDepth.exactOptional(),
    'swap-red-blue': flag.exactOptional(),
    cursor: z.enum(['local', 'remote']).exactOptional(),
    encodings: z.string().regex(/^[a-z0-9]+( [a-z0-9]+){0,15}$/, 'names of encodings, such as "zrle tight"').exactOptional(),
    autoretry: z.string().regex(/^[0-5]$/, '0 to 5').exactOptional(),
  }),
} as const satisfies Record<Protocol, z.ZodType>;

/**
 * Parameters as an administrator gave them, by name. A certificate that nobody checks is accepted only by `acceptAnyCertificate`.
 * @throws Refusal `request-invalid`
 */
export function readParameters(protocol: Protocol, given: Readonly<Record<string, string>>, acceptAnyCertificate: boolean): Record<string, string> {
  const checked = PARAMETERS[protocol].safeParse(given);
  if (!checked.success) throw invalidFields(checked.error.issues.map((issue) => ({ ...issue, path: ['parameters', ...issue.path] })));
  const parameters: Record<string, string> = { ...checked.data };
  if (acceptAnyCertificate && protocol !== 'rdp') throw invalidFields([{ path: ['acceptAnyCertificate'], message: 'only an RDP desktop shows a certificate' }]);
  if (parameters['ignore-cert'] === 'true' && !acceptAnyCertificate) {
    throw invalidFields([{ path: ['parameters', 'ignore-cert'], message: 'accept any certificate of this desktop explicitly (--accept-any-certificate); it is put on record' }]);
  }
  return acceptAnyCertificate ? { ...parameters, 'ignore-cert': 'true' } : parameters;
}
