import type { Duty, Lease } from '../../../gateway/http/schemas.ts';

type Memory = Pick<Storage, 'getItem' | 'setItem'>;
const key = (desktopId: string): string => `sekisho.duty.${desktopId}`;

/** The duty last chosen for a desktop on this browser, if the person still holds it; else the first one held. */
export function rememberedDuty(memory: Memory, desktopId: string, duties: readonly Pick<Duty, 'id'>[]): string | undefined {
  const last = quietly(() => memory.getItem(key(desktopId)));
  return (duties.find(({ id }) => id === last) ?? duties[0])?.id;
}

export function rememberDuty(memory: Memory, desktopId: string, dutyId: string): void {
  quietly(() => memory.setItem(key(desktopId), dutyId));
}

/** The duty that a lease is for, by its name, which is its own within an organisation; undefined where the person no longer holds it. */
export function dutyOf({ dutyName }: Pick<Lease, 'dutyName'>, duties: readonly Pick<Duty, 'id' | 'name'>[]): string | undefined {
  return duties.find(({ name }) => name === dutyName)?.id;
}

/** A browser that keeps nothing only loses the convenience. */
function quietly<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
