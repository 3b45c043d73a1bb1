import { decide } from '../admission/decide.ts';
import type { Facts } from '../admission/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Help } from '../port.ts';
import type { Case } from './document.ts';
import { factsOf } from './facts.ts';

/** What came of a case that was expected to come out otherwise. */
export type Failure = { readonly level: string; readonly class: string; readonly zone: string; readonly site: string; readonly expected: string; readonly found: string };

/** Decides the case under the policy, in each of its forms. @returns what came out otherwise; empty where it holds */
export function tryCase(one: Case, policy: Policy, decides: typeof decide = decide): readonly Failure[] {
  return factsOf(one, policy).flatMap((facts) => {
    const expected = toText({ reasons: [], ...one.expected });
    const found = toText(foundIn(facts, one, decides));
    if (expected === found) return [];
    return [{ level: facts.level.level, class: facts.duty?.class ?? '-', zone: facts.duty?.zone ?? '-', site: facts.site ?? 'unknown', expected, found }];
  });
}

function foundIn(facts: Facts, { expected }: Case, decides: typeof decide): Expected {
  const { outcome, reasons, help } = decides(facts);
  return { outcome, reasons, ...(expected.help && { help: help.map((way) => helpText(way)) }), ...(expected.site && { site: facts.site ?? 'unknown' }) };
}

type Expected = { readonly outcome: string; readonly reasons: readonly string[]; readonly help?: readonly string[]; readonly site?: string };

function toText({ outcome, reasons, help, site }: Expected): string {
  const parts = [reasons.join(', '), ...(help ? [`help: ${help.join('; ') || 'none'}`] : []), ...(site ? [`from ${site}`] : [])];
  return [outcome, ...parts.filter((part) => part !== '')].join(' | ');
}

function helpText(help: Help): string {
  switch (help.kind) {
    case 'duty':
      return `duty ${help.name}`;
    case 'level':
      return `level ${help.level}`;
    case 'site':
      return `site ${help.sites.join(', ')}`;
    case 'acknowledge':
      return 'acknowledge';
    case 'time':
      return `time ${new Date(help.at.getTime() + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}`;
    case 'seat':
      return 'seat';
    case 'ask':
      return `ask ${help.role}`;
  }
}
