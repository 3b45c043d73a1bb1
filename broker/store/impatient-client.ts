import { Client, type ClientConfig } from 'pg';

/** How long connecting may take, in milliseconds; the pool's own time also counts the wait for a free connection. */
const CONNECT_TIMEOUT = 5_000;

/**
 * A connection that is closed as soon as one of its answers is late (`query_timeout`). What it was asked last may still
 * be under way or never be sent, a rollback too, so nobody may go on with it.
 */
export class ImpatientClient extends Client {
  constructor(config?: ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT });
  }

  // One of many signatures of pg; what it returns is what pg returns.
  override query(...asked: unknown[]): never {
    const answer: unknown = (super.query as (...asked: unknown[]) => unknown)(...asked);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.#leaveIfLate(error));
    return answer as never;
  }

  #leaveIfLate(reason: unknown): void {
    if (reason instanceof Error && reason.message === 'Query read timeout') void this.end().catch(() => undefined);
  }
}
