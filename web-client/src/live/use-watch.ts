import { useEffect } from 'react';
import type { Topic } from '../../../gateway/realtime/contract.ts';
import { usePageLine } from './page-line.ts';

/** While the component is shown, what changes in these topics is asked anew. */
export function useWatch(topics: readonly Topic[]): void {
  const line = usePageLine();
  const names = topics.join(' ');
  useEffect(() => line.watch(names.split(' ') as Topic[]), [line, names]);
}
