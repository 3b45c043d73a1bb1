import type { PoolListed } from '../../../../gateway/http/schemas/index.ts';
import type { Said } from '../../console/said.tsx';
import { useChange } from '../../console/use-change.ts';

/** A call that answers with the pool after it. */
export function usePoolChange<Input = void>({ change, said, onDone }: { change: (input: Input) => Promise<PoolListed>; said: (pool: PoolListed, input: Input) => Said; onDone?: () => void }) {
  return useChange<PoolListed, Input>({ change, said, refresh: [['pool-records'], ['desktop-records']], ...(onDone && { onDone }) });
}
