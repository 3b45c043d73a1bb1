import { z } from 'zod';

const EndNotice = z.object({ leaseId: z.guid(), because: z.string().min(1).max(60) });

/** What the database says of a lease that has ended; undefined for anything else, which whoever may connect can send. */
export function readEndNotice(payload: string): z.infer<typeof EndNotice> | undefined {
  try {
    return EndNotice.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
