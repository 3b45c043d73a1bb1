export { events } from './catalogue.ts';
export { createCheckpointer } from './checkpointer.ts';
export { runAudit } from './command.ts';
export type { Actor, AuditEvent } from './event.ts';
export { createNotes } from './notes.ts';
export { readSigner, writeSigningKey, type Signer } from './signer.ts';
export { createTrail, type Trail } from './trail.ts';
export { createTrailPort } from './trail-port.ts';
