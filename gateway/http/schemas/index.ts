/**
 * Every body and every answer of the HTTP contract: the OpenAPI document, the checks at the edge and the web client's
 * types are all made from these. Bodies are strict: a field that nobody knows is refused, not ignored.
 */
export * from './board.ts';
export * from './bypass.ts';
export * from './delegation.ts';
export * from './desktop-record.ts';
export * from './desktop.ts';
export * from './device.ts';
export * from './drill.ts';
export * from './duty.ts';
export * from './entry-stop.ts';
export * from './exception.ts';
export * from './factor.ts';
export * from './health.ts';
export * from './import.ts';
export * from './lease.ts';
export * from './level.ts';
export * from './passkey.ts';
export * from './person.ts';
export * from './phase.ts';
export * from './policy.ts';
export * from './pool-record.ts';
export * from './problem.ts';
export * from './provider.ts';
export * from './server-clock.ts';
export * from './session.ts';
export * from './sign-in.ts';
export * from './succession.ts';
export * from './telework.ts';
export * from './unit.ts';
export * from './user.ts';
export * from './waiting.ts';
export { CursorQuery, IdParameter, Nothing, PagingQuery, Reason } from './words.ts';
