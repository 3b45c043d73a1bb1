import { z } from 'zod';
import type { DesktopCredentials, Protocol } from '../port.ts';
import type { SecretBox } from '../secret-box.ts';
import { invalidFields } from './invalid.ts';

/** What a VNC password without a username is cut to (RFC 6143, 7.2.2), in bytes. */
const VNC_PASSWORD_BYTES = 8;

/** Credentials that are stored for a desktop. A VNC desktop may have no username, and a screen without a password nothing at all. */
export type StoredCredentials = Partial<DesktopCredentials>;

const field = (max: number) => z.string().min(1).max(max).regex(/^[^\p{Cc}\p{Cs}]+$/u, 'no control characters');
const StoredCredentials = z.strictObject({ username: field(256).exactOptional(), password: field(1024).exactOptional(), domain: field(256).exactOptional() });

/** @throws Refusal `request-invalid`, which never holds the password */
export function readCredentials(protocol: Protocol, given: StoredCredentials): StoredCredentials {
  const checked = StoredCredentials.safeParse(given);
  if (!checked.success) throw invalidFields(checked.error.issues.map((issue) => ({ ...issue, path: ['credentials', ...issue.path] })));
  const { username, password } = checked.data;
  if (protocol === 'rdp' && (username === undefined || password === undefined)) {
    throw invalidFields([{ path: ['credentials', username === undefined ? 'username' : 'password'], message: 'an RDP desktop needs a username and a password, or asks for them' }]);
  }
  if (protocol === 'vnc' && username === undefined && password !== undefined && Buffer.byteLength(password) > VNC_PASSWORD_BYTES) {
    throw invalidFields([{ path: ['credentials', 'password'], message: `at most ${VNC_PASSWORD_BYTES} bytes: VNC reads no more of a password` }]);
  }
  return checked.data;
}

export function sealCredentials(secretBox: SecretBox, desktopId: string, credentials: StoredCredentials): Buffer {
  return secretBox.seal(JSON.stringify(credentials), contextOf(desktopId));
}

/** @throws Error where the key is not at hand or the bytes were altered or belong to another desktop */
export function openCredentials(secretBox: SecretBox, desktopId: string, sealed: Buffer): StoredCredentials {
  return StoredCredentials.parse(JSON.parse(secretBox.open(sealed, contextOf(desktopId)).toString('utf8')));
}

const contextOf = (desktopId: string) => `desktop-credentials:${desktopId}`;
