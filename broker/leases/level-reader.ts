import { readLevel } from '../continuity/in-force.ts';
import type { LevelInForce } from '../port.ts';
import type { Connection } from '../store/index.ts';

export type LevelOf = (organisationId: string) => Promise<LevelInForce>;

/** The level that held for each organisation at one instant, read once for each. */
export function levelReader(connection: Connection, now: Date): LevelOf {
  const known = new Map<string, Promise<LevelInForce>>();
  return (organisationId) => {
    const level = known.get(organisationId) ?? readLevel(connection, organisationId, now);
    known.set(organisationId, level);
    return level;
  };
}
