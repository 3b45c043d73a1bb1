import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useSay, type Said } from './said.tsx';
import { useStepUp } from './step-up.tsx';

type Change<Input, Answer> = {
  change: (input: Input) => Promise<Answer>;
  /** What the pages have read and has to be read anew. */
  refresh?: readonly QueryKey[];
  /** What is said once it is done. */
  said?: (answer: Answer, input: Input) => Said;
  onDone?: (answer: Answer, input: Input) => void;
};

/** A call that changes something: asks for a fresh one-time code where one is needed, and says when it is done. */
export function useChange<Answer = undefined, Input = void>({ change, refresh = [], said, onDone }: Change<Input, Answer>) {
  const queryClient = useQueryClient();
  const withStepUp = useStepUp();
  const say = useSay();
  return useMutation({
    mutationFn: (input: Input) => withStepUp(() => change(input)),
    onSuccess: (answer, input) => {
      onDone?.(answer, input);
      if (said) say(said(answer, input));
    },
    onSettled: () => {
      for (const queryKey of refresh) void queryClient.invalidateQueries({ queryKey });
    },
  });
}
