import { z } from 'zod';
import type { Change } from '../port.ts';

const TOPICS = ['level', 'policy', 'entry', 'person', 'directory', 'desktops', 'lease', 'waiting', 'drill'] as const satisfies readonly Change['topic'][];
const id = z.guid().exactOptional();
const Notice = z.object({ topic: z.enum(TOPICS), organisationId: id, unitId: id, personId: id, leaseId: id });

/** What the database says has changed; undefined for anything else, which whoever may connect can send. */
export function readChange(payload: string): Change | undefined {
  try {
    return Notice.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
