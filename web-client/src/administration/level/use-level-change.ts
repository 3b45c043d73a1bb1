import { useQueryClient } from '@tanstack/react-query';
import type { Situation } from '../../../../gateway/http/schemas/index.ts';
import { me } from '../../api/queries.ts';
import { useChange } from '../../console/use-change.ts';
import { situation } from '../queries.ts';

/** A call that answers with the situation after it. */
export function useLevelChange<Input = void>({ change, said, onDone }: { change: (input: Input) => Promise<Situation>; said: string; onDone: () => void }) {
  const queryClient = useQueryClient();
  return useChange<Situation, Input>({
    change,
    refresh: [['level'], me.queryKey],
    said: () => ({ text: said }),
    onDone: (now) => {
      queryClient.setQueryData(situation.queryKey, now);
      onDone();
    },
  });
}
