import type { SignedIn } from '../vocabulary.ts';

export type PolicyView = {
  /** The policy that decisions are made under now. Throws `forbidden`, `policy-missing`. */
  inForce(person: SignedIn): Promise<PolicyInForce>;
};

export type PolicyInForce = {
  /** SHA-256 of its files, as decisions cite it. */
  readonly version: string;
  /** Counts the versions of this installation. */
  readonly number: number;
  readonly loadedAt: Date;
  /** By name. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
};
