import type { AuditEvent } from '../audit/index.ts';
import { Refusal, type Code } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import type { ContinuityDeps } from './deps.ts';
import { ClockUntrusted, createClockAlarm } from './trusted-time.ts';

/**
 * Does something in one transaction. What is refused leaves nothing behind but, where `refused` says so, a record of what was tried; a
 * clock that cannot be trusted is told of in any case.
 */
export type Act = <Done>(organisationId: string, run: (transaction: Transaction) => Promise<Done>, refused?: (refusal: Code) => AuditEvent) => Promise<Done>;

export function createAct(deps: ContinuityDeps): Act {
  const { database, trail } = deps;
  const alarm = createClockAlarm(deps);
  return async (organisationId, run, refused) => {
    try {
      return await inTransaction(database, run);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal instanceof ClockUntrusted) await alarm(refusal, organisationId);
      if (refusal !== undefined && refused !== undefined) await inTransaction(database, (transaction) => trail.append(transaction, refused(refusal.code)));
      throw refusal ?? error;
    }
  };
}

/** Constraints that only whoever came around the rules above, or between two looks at them, runs into. */
const REFUSED_BY_DATABASE: Readonly<Record<string, Code>> = {
  level_act_is_rightful: 'forbidden',
  level_proposal_is_open: 'proposal-closed',
  level_act_in_time: 'clock-untrusted',
  succession_order_of_suitable: 'succession-unsuitable',
  deputyship_in_order: 'deputy-not-next',
  deputyship_in_time: 'clock-untrusted',
  deputyship_one_runs: 'deputy-not-next',
  zone_exception_is_open: 'exception-closed',
  zone_exception_by_another: 'own-exception',
  device_by_another: 'own-device',
  device_is_open: 'device-closed',
  device_approval_pkey: 'device-closed',
  device_end_pkey: 'device-closed',
  bypass_of_three: 'own-bypass',
  bypass_by_another: 'own-bypass',
  bypass_of_suitable: 'bypass-unsuitable',
  bypass_is_open: 'bypass-closed',
  bypass_approval_pkey: 'bypass-closed',
  bypass_end_pkey: 'bypass-closed',
};

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const constraint = typeof error === 'object' && error !== null && 'constraint' in error ? String(error.constraint) : '';
  const code = REFUSED_BY_DATABASE[constraint];
  if (code === 'clock-untrusted') return new ClockUntrusted(undefined, undefined, { cause: error });
  return code && new Refusal(code, {}, { cause: error });
}
