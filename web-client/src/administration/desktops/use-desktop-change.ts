import { useQueryClient } from '@tanstack/react-query';
import type { DesktopDetails } from '../../../../gateway/http/schemas/index.ts';
import type { Said } from '../../console/said.tsx';
import { useChange } from '../../console/use-change.ts';
import { desktopRecord } from '../queries.ts';

/** A call that answers with the desktop after it. */
export function useDesktopChange<Input = void>({ change, said, onDone }: { change: (input: Input) => Promise<DesktopDetails>; said: (desktop: DesktopDetails, input: Input) => Said; onDone?: () => void }) {
  const queryClient = useQueryClient();
  return useChange<DesktopDetails, Input>({
    change,
    said,
    refresh: [['desktop-records'], ['pool-records'], ['people']],
    onDone: (desktop) => {
      queryClient.setQueryData(desktopRecord(desktop.id).queryKey, desktop);
      onDone?.();
    },
  });
}
