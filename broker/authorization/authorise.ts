import { Refusal } from '../refusal.ts';
import type { Grant, StandsIn } from '../vocabulary.ts';
import { ACTIONS, OF_A_DEPUTY, OF_THE_ORDER, OF_THE_WHOLE, type Action } from './actions.ts';

/** Who asks: all that authorization looks at. */
export type Holder = { readonly organisationId: string; readonly grants: readonly Grant[]; /** Besides what roles allow; see {@link asOf}. */ readonly besides?: readonly Action[] };
/** `unitId` null: something that belongs to the organisation as a whole. */
export type Target = { readonly organisationId: string; readonly unitId: string | null };
/** What an action may reach: everything of the organisation, or these units. */
export type Reach = { readonly organisationId: string; readonly units: 'all' | readonly string[] };

/**
 * How far the person's roles let an action reach; undefined where they do not allow it at all. The one place that knows
 * what a role means: HTTP, sockets and the relay all ask here.
 */
export function reachOf({ organisationId, grants, besides = [] }: Holder, action: Action): Reach | undefined {
  if (besides.includes(action)) return { organisationId, units: 'all' };
  const roles: readonly string[] = ACTIONS[action];
  const fitting = grants.filter((grant) => grant.organisationId === organisationId && roles.includes(grant.role));
  if (fitting.some(({ unitId }) => unitId === null)) return { organisationId, units: 'all' };
  const units = [...new Set(fitting.flatMap(({ unitIds }) => unitIds))];
  return units.length === 0 || (OF_THE_WHOLE as readonly Action[]).includes(action) ? undefined : { organisationId, units };
}

/**
 * Who asks at this moment, with what a deputyship (代行) that runs at it and a place in the succession order allow. Who is asked about
 * without a moment has the rights of their roles alone: forgetting to look at the time gives nobody a right.
 */
export function asOf({ organisationId, grants, standsIn }: { readonly organisationId: string; readonly grants: readonly Grant[]; readonly standsIn?: StandsIn }, now: Date): Holder {
  const deputy = standsIn?.deputy;
  const acts = deputy !== undefined && deputy.since <= now && deputy.until > now;
  return { organisationId, grants, besides: [...(acts ? OF_A_DEPUTY : []), ...(standsIn === undefined ? [] : OF_THE_ORDER)] };
}

export function may(holder: Holder, action: Action, target?: Target): boolean {
  const reach = reachOf(holder, action);
  return reach !== undefined && (target === undefined || within(reach, target));
}

/**
 * @throws Refusal `forbidden` where no role allows the action at all; `not-found` where the target lies outside of what it
 *   may reach, so that nothing is told of it
 */
export function authorise(holder: Holder, action: Action, target?: Target): Reach {
  const reach = reachOf(holder, action);
  if (reach === undefined) throw new Refusal('forbidden');
  if (target !== undefined && !within(reach, target)) throw new Refusal('not-found');
  return reach;
}

function within({ organisationId, units }: Reach, target: Target): boolean {
  return target.organisationId === organisationId && (units === 'all' || (target.unitId !== null && units.includes(target.unitId)));
}
