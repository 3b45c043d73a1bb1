import { useQueryClient } from '@tanstack/react-query';
import type { PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import type { Said } from '../../console/said.tsx';
import { useChange } from '../../console/use-change.ts';
import { person as personQuery } from '../queries.ts';

/** A call that answers with the person after it. */
export function usePersonChange<Input = void>({ change, said, onDone }: { change: (input: Input) => Promise<PersonDetails>; said: (person: PersonDetails, input: Input) => Said; onDone?: () => void }) {
  const queryClient = useQueryClient();
  return useChange<PersonDetails, Input>({
    change,
    said,
    refresh: [['people'], ['duties'], ['units']],
    onDone: (person) => {
      queryClient.setQueryData(personQuery(person.id).queryKey, person);
      onDone?.();
    },
  });
}
