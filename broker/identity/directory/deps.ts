import type { Actor } from '../../audit/index.ts';
import type { SignInsDeps } from '../deps.ts';

export type DirectoryDeps = SignInsDeps & {
  /** In whose name the audit trail records what is done: the command line is `operator`, the product itself `system`. */
  readonly actor: Actor;
  /** From where, if it was asked for by a browser. */
  readonly address?: string | undefined;
};

/** Whoever ends what others hold, as sign-ins and leases are told. */
export const byOf = ({ actor, address }: DirectoryDeps): Actor & { readonly address?: string } => ({ ...actor, ...(address !== undefined && { address }) });
