import type { Duty } from '../../../gateway/http/schemas/index.ts';

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

/** The duty, if the person still holds it. */
export function heldDuty(dutyId: string | undefined, duties: readonly Pick<Duty, 'id'>[]): string | undefined {
  return duties.find(({ id }) => id === dutyId)?.id;
}

/** A browser that keeps nothing only loses the convenience. */
function quietly<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
