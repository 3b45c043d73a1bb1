import type { OidcRules } from '../../policy/index.ts';
import type { PriorityClass, Role } from '../../port.ts';

export type LocalAsker = {
  readonly roles: readonly Role[];
  /** Of the duties the person holds. */
  readonly classes: readonly PriorityClass[];
  /** One was approved and can be used now: it goes with the password, and was given by people who knew why. */
  readonly bypass: boolean;
  /** The state of each provider of the person's organisation. */
  readonly providers: readonly ('up' | 'down')[];
};

/** Whether somebody may sign in by password, and why not. `provider-down`: none answers, and none of the person's duties is urgent enough. */
export function localPassword(rules: Pick<OidcRules, 'required' | 'localAlways' | 'localWhileDown'>, { roles, classes, bypass, providers }: LocalAsker): 'open' | 'provider-required' | 'provider-down' {
  if (!rules.required || providers.length === 0 || bypass || roles.some((role) => rules.localAlways.includes(role))) return 'open';
  if (providers.includes('up')) return 'provider-required';
  return classes.some((one) => rules.localWhileDown.includes(one)) ? 'open' : 'provider-down';
}
