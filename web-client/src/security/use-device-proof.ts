import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { Problem } from '../api/problem.ts';

/** Proves the device once a sign-in, as soon as a page is open. A device that waits or is ended has nothing to prove. */
export function useDeviceProof({ id, signedInAt, method }: Pick<User, 'id' | 'signedInAt' | 'method'>): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (method === 'bypass') return;
    const begin = async (): Promise<void> => {
      if (await prove(id)) await Promise.all([['desktops'], ['own-duties'], ['devices']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    };
    void begin();
  }, [id, signedInAt, method, queryClient]);
}

async function prove(personId: string): Promise<boolean> {
  try {
    const { proveDevice } = await import('./device-proof.ts');
    return await proveDevice(personId);
  } catch (error) {
    // Without a proof the sign-in is one on an ordinary device; whatever needs one says so itself.
    if (error instanceof Problem || error instanceof DOMException) return false;
    throw error;
  }
}
