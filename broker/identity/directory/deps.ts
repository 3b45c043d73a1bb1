import type { Actor } from '../../audit/index.ts';
import type { SignInsDeps } from '../deps.ts';

export type DirectoryDeps = SignInsDeps & {
  /** In whose name the audit trail records what is done: the command line is `operator`, the product itself `system`. */
  readonly actor: Actor;
};
