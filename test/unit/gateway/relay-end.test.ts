import { maybeLogInFailed, relayEnd } from '../../../gateway/http/relay-end.ts';
import type { SessionEnd } from '../../../gateway/relay/index.ts';

const now = new Date('2026-04-01T00:10:00Z');
const end = (change: Partial<SessionEnd>): SessionEnd => ({ cause: 'client-left', status: 0, bytesToBrowser: 5, bytesFromBrowser: 3, refused: {}, ...change });

describe('the end of a relay, as the broker is told it', () => {
  it('keeps what was counted', () => {
    const refused = { 'client:clipboard': { count: 2, bytes: 40 } };
    expect(relayEnd(end({ connectedAt: new Date('2026-04-01T00:00:00Z'), refused }), now)).toEqual({ cause: 'left', status: 0, connectedSeconds: 600, bytesToBrowser: 5, bytesFromBrowser: 3, refused });
  });

  it('says 0 seconds where no picture was ever shown', () => {
    expect(relayEnd(end({ cause: 'guacd-unreachable', status: 514 }), now).connectedSeconds).toBe(0);
  });

  it.each([
    ['desktop-unreachable', 769, 'desktop-log-in-failed'],
    ['desktop-ended', 769, 'desktop-log-in-failed'],
    ['desktop-ended', 523, 'desktop-ended'],
    ['desktop-unreachable', 519, 'desktop-unreachable'],
    ['ended-by-gateway', 769, 'ended-by-gateway'],
    ['client-protocol-error', 768, 'protocol-violation'],
    ['guacd-protocol-error', 515, 'protocol-violation'],
    ['client-too-slow', 781, 'too-slow'],
    ['gateway-stopping', 520, 'gateway-stopping'],
  ] as const)('of %s with status %i is %s', (cause, status, expected) => {
    expect(relayEnd(end({ cause, status }), now).cause).toBe(expected);
  });

  it('may be a wrong password only where VNC never showed a picture of a desktop that guacd did not find', () => {
    const unreachable = end({ cause: 'desktop-unreachable', status: 519 });
    expect(maybeLogInFailed(unreachable, 'vnc')).toBe(true);
    expect(maybeLogInFailed(unreachable, 'rdp')).toBe(false);
    expect(maybeLogInFailed({ ...unreachable, status: 514 }, 'vnc')).toBe(false);
    expect(maybeLogInFailed({ ...unreachable, connectedAt: now }, 'vnc')).toBe(false);
    expect(maybeLogInFailed({ ...unreachable, cause: 'desktop-ended' }, 'vnc')).toBe(false);
  });
});
