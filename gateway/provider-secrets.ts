import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** What this machine holds about identity providers. A secret is read each time it is needed, so that a new one counts without a restart. */
export async function providerSecrets({ oidcSecretsDirectory, oidcCaFile }: Pick<Config, 'oidcSecretsDirectory' | 'oidcCaFile'>): Promise<{ secretOf: (id: string) => Promise<string | undefined>; ca?: string }> {
  const ca = oidcCaFile === undefined ? undefined : await readFile(oidcCaFile, 'utf8');
  return {
    ...(ca !== undefined && { ca }),
    // An id has no dots and no slashes (policies/schema).
    secretOf: async (id) => {
      if (oidcSecretsDirectory === undefined) return undefined;
      const text = await readFile(join(oidcSecretsDirectory, id), 'utf8').catch(() => undefined);
      return text === undefined || text.trim() === '' ? undefined : text.trim();
    },
  };
}
