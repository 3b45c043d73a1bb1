import { useQueryClient } from '@tanstack/react-query';
import type { Succession } from '../../../../gateway/http/schemas/index.ts';
import { me } from '../../api/queries.ts';
import { useChange } from '../../console/use-change.ts';
import { succession } from '../queries.ts';

/** A call that answers with the succession after it. */
export function useSuccessionChange<Input = void>({ change, said, onDone }: { change: (input: Input) => Promise<Succession>; said: string; onDone: () => void }) {
  const queryClient = useQueryClient();
  return useChange<Succession, Input>({
    change,
    refresh: [['level'], me.queryKey],
    said: () => ({ text: said }),
    onDone: (now) => {
      queryClient.setQueryData(succession.queryKey, now);
      onDone();
    },
  });
}
