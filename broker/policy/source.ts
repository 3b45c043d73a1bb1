import type { Log } from '../environment.ts';
import { readPolicyFiles, stampOf, type PolicyFiles } from './files.ts';
import type { Policy, PolicySource } from './policy.ts';
import { readPolicy } from './read.ts';

export type PolicySourceDeps = {
  readonly directory: string;
  /** Told of each policy and its files before the first decision under it. A failure leaves no policy, and is tried again. */
  readonly onLoaded: (policy: Policy, files: PolicyFiles) => Promise<void>;
  readonly log: Log;
};

/** Readings of files that changed meanwhile; after that the next question tries again. */
const READINGS = 3;

/**
 * The policy as its files are now: when one has changed, all are read anew at the next question. Files that are gone or wrong
 * leave no policy, never the one before it: whoever changed them did not mean the old rules to go on.
 */
export function createPolicySource({ directory, onLoaded, log }: PolicySourceDeps): PolicySource {
  let known: { readonly stamp: string; readonly policy: Policy | undefined } | undefined;
  let reading: Promise<Policy | undefined> | undefined;

  const read = async () => {
    for (let tried = 0; tried < READINGS; tried += 1) {
      const stamp = await stampOf(directory);
      if (known?.stamp === stamp) return known.policy;
      const loaded = await load(directory);
      // Files of two versions make no policy.
      if ((await stampOf(directory)) !== stamp) continue;
      if ('cause' in loaded) log.error('there is no policy: every request is refused until its files are right', { file: directory, cause: loaded.cause });
      else {
        await onLoaded(loaded.policy, loaded.files);
        log.info('policy loaded', { file: directory, version: loaded.policy.version });
      }
      known = { stamp, policy: 'policy' in loaded ? loaded.policy : undefined };
      return known.policy;
    }
    return undefined;
  };
  return {
    current() {
      reading ??= read().finally(() => (reading = undefined));
      return reading;
    },
  };
}

async function load(directory: string): Promise<{ readonly policy: Policy; readonly files: PolicyFiles } | { readonly cause: string }> {
  try {
    const files = await readPolicyFiles(directory);
    return { policy: readPolicy(files, directory), files };
  } catch (error) {
    return { cause: error instanceof Error ? error.message : String(error) };
  }
}
