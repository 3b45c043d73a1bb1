import type { Relay, RelayDependencies, RelayGrant } from './contract.ts';
import { ENDING, type Ending, endingOfBrowser, endingOfGuacd } from './ending.ts';
import { knownStatus } from './guacamole-status.ts';
import { connectionParameters, fittingSize, guacdConnection } from './guacd/connection-parameters.ts';
import { resolveLimits } from './limits.ts';
import { type BrowserConnection, createBrowserFrame, type Upgrade, type WantedConnection } from './lite-frame.ts';
import { isProperUpgrade } from './proper-upgrade.ts';
import { type Session, startSession } from './session.ts';
import { ProtocolViolation } from './wire/violation.ts';

/** Creates the relay to one guacd. Throws a ZodError for limits out of their range. */
export function createRelay(deps: RelayDependencies): Relay {
  const limits = resolveLimits(deps.limits);
  const frame = createBrowserFrame(limits);
  const sessions = new Map<string, Session>();
  const reports = new Set<Promise<void>>();
  let closing = false;

  return {
    open(request, socket, head, grant) {
      const upgrade = { request, socket, head };
      try {
        if (closing) refuseGranted(upgrade, grant, ENDING.stopping);
        else carry(upgrade, grant, wantedBy(grant));
      } catch (error) {
        refuseGranted(upgrade, grant, endingOfGuacd(error));
      }
    },
    refuse(request, socket, head, status) {
      frame.refuse({ request, socket, head }, knownStatus(status));
    },
    end(leaseId, status, reason) {
      const session = sessions.get(leaseId);
      session?.end({ cause: 'ended-by-gateway', status: knownStatus(status), reason });
      return session !== undefined;
    },
    async probe(leaseId) {
      await sessions.get(leaseId)?.probe();
    },
    live: () => [...sessions.values()].map((session) => session.state()),
    async close() {
      closing = true;
      for (const session of sessions.values()) session.end(ENDING.stopping);
      frame.close();
      await Promise.all(reports);
    },
  };

  /** Throws HandshakeRefused. */
  function wantedBy({ settings, size, timezone }: RelayGrant): WantedConnection {
    return {
      protocol: settings.protocol,
      parameters: connectionParameters(settings, deps.forcedParameters),
      size: fittingSize(size, limits),
      ...(timezone === undefined ? {} : { timezone }),
    };
  }

  function carry(upgrade: Upgrade, grant: RelayGrant, wanted: WantedConnection): void {
    let session: Session | undefined;
    const browser = frame.accept(upgrade, wanted, {
      message: (text) => session?.message(text),
      invalid: (code) => session?.end(endingOfBrowser(new ProtocolViolation(code))),
      drained: () => session?.drained(),
      alive: () => session?.alive(),
      closed: () => session?.end(ENDING.browserClosed),
    });
    if (browser === undefined) return report(grant, isProperUpgrade(upgrade.request) ? ENDING.browserClosed : ENDING.upgradeInvalid);
    try {
      session = begin(browser, grant, wanted);
    } catch (error) {
      const ending = endingOfGuacd(error);
      browser.close(ending.status);
      report(grant, ending);
    }
  }

  function begin(browser: BrowserConnection, grant: RelayGrant, wanted: WantedConnection): Session {
    const { leaseId } = grant;
    sessions.get(leaseId)?.end(ENDING.replaced);
    const connection = guacdConnection(wanted.protocol, browser.settings);
    const session = startSession({ ...deps, grant, browser, limits, connection, onOver: () => sessions.delete(leaseId) });
    sessions.set(leaseId, session);
    keep(session.ended);
    return session;
  }

  function refuseGranted(upgrade: Upgrade, grant: RelayGrant, ending: Ending): void {
    report(grant, ending);
    frame.refuse(upgrade, ending.status);
  }

  /** Reports the end of what never became a session. */
  function report(grant: RelayGrant, ending: Ending): void {
    const { leaseId } = grant;
    deps.log.warn('relay session not opened', { leaseId, ...ending });
    const told = async () => grant.onEnded({ ...ending, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} });
    keep(told().catch((error: unknown) => deps.log.error('relay could not report the end', { leaseId, error })));
  }

  function keep(promise: Promise<void>): void {
    reports.add(promise);
    void promise.finally(() => reports.delete(promise));
  }
}
