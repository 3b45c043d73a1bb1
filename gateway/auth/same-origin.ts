import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../../broker/port.ts';

/**
 * Refuses what another site's page sent. Fetch metadata count where the browser sends them; whatever changes something, and
 * every WebSocket, must carry the public origin itself (browsers always send it with those, and no page can forge it).
 * @throws Refusal `request-foreign-origin`
 */
export function requireSameOrigin(headers: IncomingHttpHeaders, publicOrigin: string, kind: 'reading' | 'changing'): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const ownSite = site === undefined || site === 'same-origin' || (kind === 'reading' && site === 'none');
  const ownOrigin = origin === publicOrigin || (kind === 'reading' && origin === undefined);
  if (!ownSite || !ownOrigin) throw new Refusal('request-foreign-origin');
}
