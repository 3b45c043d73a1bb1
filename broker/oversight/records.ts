import { events, type Actor } from '../audit/index.ts';
import type { Page, SessionFilter, SessionListed, Timeline } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { endSession, type EndingDeps } from './ending.ts';
import { listSessions } from './list.ts';
import { tracesOf } from './seen.ts';
import { readTimeline } from './timeline.ts';

/** Sessions of an organisation for whoever runs the installation. Each look is on the audit trail. */
export type SessionRecords = {
  list(input: { organisationId: string; filter: SessionFilter; cursor?: string; limit?: number }): Promise<Page<SessionListed>>;
  /** Throws `not-found`. */
  show(input: { organisationId: string; sessionId: string }): Promise<Omit<Timeline, 'mayEnd'>>;
  /** Ending an ended one changes nothing. Throws `not-found`, `request-invalid`. */
  end(input: { organisationId: string; sessionId: string; reason: string }): Promise<void>;
};

export function createSessionRecords(deps: EndingDeps & { readonly actor: Actor }): SessionRecords {
  const { database, trail, actor } = deps;
  return {
    async list({ organisationId, ...asked }) {
      const page = await listSessions(database, { organisationId, units: 'all' }, asked);
      await inTransaction(database, (transaction) => trail.append(transaction, events.sessionsViewed({ actor, organisationId, ...tracesOf(asked.filter), rows: page.items.length })));
      return page;
    },

    async show({ organisationId, sessionId }) {
      const timeline = await readTimeline(database, { organisationId, units: 'all' }, sessionId);
      await inTransaction(database, (transaction) => trail.append(transaction, events.timelineViewed({ actor, organisationId, sessionId })));
      return timeline;
    },

    end: ({ organisationId, ...ended }) => endSession(deps, { organisationId, units: 'all' }, ended, actor),
  };
}
