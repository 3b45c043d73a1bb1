import type { Code } from '../codes.ts';
import type { Help } from '../port.ts';
import type { Check } from './check.ts';
import type { Facts, WaitingBefore } from './facts.ts';
import { helpFor } from './help.ts';
import { outcomeOf, reasonsOf, type Outcome } from './reasons.ts';
import type { Said } from '../refusal.ts';
import { liftedRules } from './lifted-rules.ts';
import { saidOf } from './said.ts';
import { ADMISSION } from './table.ts';

/** The decision on a request, with every reason that can be known (the first is decisive) and the facts it rests on. */
export type Decision = {
  /** `wait`: nothing but a free seat or desktop is missing. */
  readonly outcome: Outcome;
  readonly reasons: readonly Code[];
  readonly said: Said;
  /** What would work instead, the nearest first. */
  readonly help: readonly Help[];
  readonly inputs: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** SHA-256 of the policy that decided, or `none`. */
  readonly policyVersion: string;
};

/** Pure: the same facts always give the same decision. */
export function decide(facts: Facts, table: readonly Check[] = ADMISSION): Decision {
  const reasons = reasonsOf(facts, table);
  return { outcome: outcomeOf(reasons), reasons, said: saidOf(facts, reasons), help: helpFor(facts, reasons, table), inputs: inputsOf(facts), policyVersion: facts.policy?.version ?? 'none' };
}

/** Flat, for the audit trail. With the policy of that version they give the same reasons again. */
function inputsOf(facts: Facts): Decision['inputs'] {
  const { level, desktop, pool, duty, occupancy } = facts;
  const seats = facts.seats.flatMap(({ scope, seats, taken, kept, own, guarantees }) => [
    [`seats.${scope}`, seats] as const,
    [`taken.${scope}`, taken] as const,
    ...(kept === undefined ? [] : [[`kept.${scope}`, kept] as const]),
    ...(own === undefined ? [] : [[`own.${scope}`, own] as const]),
    ...(guarantees === undefined || guarantees.length === 0 ? [] : [[`guarantees.${scope}`, guarantees.map(({ depth, seats }) => `${depth} ${seats}`)] as const]),
  ]);
  const { acknowledgement } = facts.policy?.telework ?? {};
  return {
    account: facts.account,
    staff: facts.staff,
    organisation: facts.organisationName,
    entry: facts.entry,
    level: level.level,
    levelNumber: level.number,
    provisional: level.provisional?.level ?? null,
    desktop: desktop?.status ?? 'unknown',
    kind: desktop?.kind ?? null,
    sessions: desktop?.sessions ?? null,
    weight: desktop?.weight ?? null,
    pool: pool?.status ?? null,
    poolLogIn: pool?.logIn ?? null,
    poolCleanUp: pool?.cleanUp ?? null,
    poolAsked: pool?.asked ?? null,
    assigned: facts.assigned,
    dutyId: duty?.id ?? null,
    duty: duty?.name ?? null,
    class: duty?.class ?? null,
    zone: duty?.zone ?? null,
    site: facts.site ?? null,
    mine: occupancy.mine,
    others: occupancy.others,
    residual: occupancy.residualOfAnother,
    credentials: facts.credentials,
    exception: facts.exception?.id ?? null,
    exceptionProved: facts.exception?.proved ?? null,
    device: facts.device?.id ?? null,
    bypass: facts.bypass !== undefined,
    ...(facts.bypass && { bypassElsewhere: facts.bypass.elsewhere }),
    at: facts.at.toISOString(),
    onset: level.onset?.toISOString() ?? null,
    levelSince: (level.began ?? level.since)?.toISOString() ?? null,
    targetSeconds: duty?.targetSeconds ?? null,
    ...(acknowledgement && { acknowledgement: acknowledgement.version, acknowledged: facts.acknowledged ?? false }),
    ...(facts.teleworkDays && { teleworkDays: facts.teleworkDays.map(({ day, dutyId }) => `${day} ${dutyId}`) }),
    ...(duty?.delegation && { delegation: duty.delegation.id }),
    lifted: liftedRules(facts),
    ...Object.fromEntries(seats),
    ...(facts.before && beforeOf(facts.before)),
  };
}

function beforeOf({ total, shares, pool, machine }: WaitingBefore): Decision['inputs'] {
  const byShare = Object.entries(shares).map(([depth, wanted]) => [`before.share.${depth}`, wanted] as const);
  return { 'before.total': total, ...Object.fromEntries(byShare), 'before.pool': pool, 'before.machine': machine };
}
