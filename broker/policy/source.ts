import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../environment.ts';
import type { Policy, PolicySource } from './policy.ts';
import { readPolicy } from './read.ts';

export type PolicySourceDeps = {
  readonly directory: string;
  /** Told of each policy before the first decision under it. A failure leaves no policy, and is tried again. */
  readonly onLoaded: (policy: Policy) => Promise<void>;
  readonly log: Log;
};

/** Name of the file in the policy directory. */
export const ACCESS_FILE = 'access.yaml';

/**
 * The policy as its file is now: a changed file is read anew at the next question. A file that is gone or wrong leaves no
 * policy, never the one before it: whoever changed it did not mean the old rules to go on.
 */
export function createPolicySource({ directory, onLoaded, log }: PolicySourceDeps): PolicySource {
  const file = join(directory, ACCESS_FILE);
  let known: { readonly stamp: string; readonly policy: Policy | undefined } | undefined;
  let reading: Promise<Policy | undefined> | undefined;

  const read = async () => {
    const stamp = await stampOf(file);
    if (known?.stamp === stamp) return known.policy;
    const policy = await load(file, log);
    if (policy !== undefined) await onLoaded(policy);
    known = { stamp, policy };
    return policy;
  };
  return {
    current() {
      reading ??= read().finally(() => (reading = undefined));
      return reading;
    },
  };
}

async function load(file: string, log: Log): Promise<Policy | undefined> {
  try {
    const policy = readPolicy(file, await readFile(file));
    log.info('policy loaded', { file, version: policy.version });
    return policy;
  } catch (error) {
    log.error('there is no policy: every request is refused until the file is right', { file, cause: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** Changes with whatever changes the file. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found === undefined ? 'absent' : `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`;
}
