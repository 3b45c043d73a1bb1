import type { Log } from '../environment.ts';
import type { Database } from '../store/index.ts';
import type { AuditEvent } from './event.ts';
import type { Trail } from './trail.ts';

export type NotesDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly log: Pick<Log, 'error'>;
};

/** Writes events that tell of something which stands whether or not it could be written. */
export type Notes = {
  /** In a transaction of its own. Never throws: what could not be written is told by its code in the operational log. */
  note(event: AuditEvent<'best-effort'>): Promise<void>;
};

export function createNotes({ database, trail, log }: NotesDeps): Notes {
  return {
    async note(event) {
      try {
        await database.transaction().execute((transaction) => trail.append(transaction, event));
      } catch (error) {
        log.error('an event could not be written to the audit trail', { code: event.code, error });
      }
    },
  };
}
