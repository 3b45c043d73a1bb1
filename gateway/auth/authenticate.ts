import type { IncomingHttpHeaders } from 'node:http';
import { Refusal, type Broker, type SignedIn } from '../../broker/port.ts';
import { readCookie } from './cookies.ts';

export type Authenticated = { readonly person: SignedIn; readonly token: string };
export type Authenticator = {
  /** Who is asking, by the session cookie alone. Throws `sign-in-required` or `sign-in-incomplete`. */
  authenticate(headers: IncomingHttpHeaders): Promise<Authenticated>;
  /** The token of a half-finished sign-in; whether it is still good is for the broker to say. Throws `sign-in-required`. */
  halfSignedIn(headers: IncomingHttpHeaders): string;
};

/** What a page asks by itself, with nobody at it, is answered and keeps no sign-in in use. It takes from the caller, and gives nothing. */
const UNATTENDED = 'x-sekisho-unattended';

/** The one chain by which a request becomes a person, for HTTP and for the relay alike. No header but the cookie names anybody. */
export function createAuthenticator({ signIns }: { signIns: Pick<Broker['signIns'], 'resolve'> }): Authenticator {
  return {
    async authenticate(headers) {
      const token = readCookie(headers, 'session');
      if (token !== undefined) return { person: await signIns.resolve(token, { unattended: headers[UNATTENDED] !== undefined }), token };
      const pending = readCookie(headers, 'pending');
      // Only to tell a half-finished sign-in from none: nobody is let in by this cookie.
      if (pending !== undefined) await signIns.resolve(pending);
      throw new Refusal('sign-in-required');
    },
    halfSignedIn(headers) {
      const token = readCookie(headers, 'pending');
      if (token === undefined) throw new Refusal('sign-in-required');
      return token;
    },
  };
}
