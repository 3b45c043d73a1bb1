import { z } from 'zod';
import { id, instant, nothingMore, protocol } from './words.ts';

export const Desktop = z
  .object({
    id,
    name: z.string(),
    protocol,
    state: z.enum(['ready', 'in-use', 'in-use-by-me', 'unreachable', 'disabled']),
    credentials: z.enum(['stored', 'ask']),
    leaseId: id.exactOptional(),
    checkedAt: instant.exactOptional(),
  })
  .meta({ id: 'Desktop' });
export const DesktopList = z.object({ items: z.array(Desktop), next: nothingMore }).meta({ id: 'DesktopList' });

export const PoolView = z
  .object({
    id,
    name: z.string(),
    credentials: z.enum(['stored', 'ask']),
    state: z.enum(['ready', 'in-use-by-me', 'full', 'disabled']),
    leaseId: id.exactOptional(),
  })
  .meta({ id: 'PoolView' });
export const PoolList = z.object({ items: z.array(PoolView), next: nothingMore }).meta({ id: 'PoolList' });

export type Desktop = z.infer<typeof Desktop>;
export type DesktopList = z.infer<typeof DesktopList>;
export type PoolView = z.infer<typeof PoolView>;
export type PoolList = z.infer<typeof PoolList>;
