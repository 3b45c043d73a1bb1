/**
 * Whoever changes a rule by mistake shall hear of it from a case. So each check is taken away or made to refuse everything,
 * and each rule of the shipped policy is changed, one at a time: some case must fail each time. The rules are found in the policy
 * itself, so that one that is added later has to have a case as well.
 */
import { decide } from '../../../broker/admission/decide.ts';
import type { Check } from '../../../broker/admission/check.ts';
import { ADMISSION } from '../../../broker/admission/table.ts';
import { readCases, tryCase } from '../../../broker/policy-cases/index.ts';
import { CLASSES, SITES } from '../../../broker/policy/documents/index.ts';
import { readPolicy, readPolicyFiles, type Policy } from '../../../broker/policy/index.ts';
import { NEEDS, type DutyRules, type Network } from '../../../broker/policy/policy.ts';
import type { PriorityClass } from '../../../broker/port.ts';
import { SHIPPED } from '../../support/policy.ts';

const shipped = readPolicy(await readPolicyFiles(SHIPPED), SHIPPED);
const cases = await readCases(SHIPPED);
const someCaseFails = (policy: Policy, table?: readonly Check[]) => cases.some(({ one }) => tryCase(one, policy, table && ((facts) => decide(facts, table))).length > 0);

type Path = readonly string[];
type Leaf = { readonly path: Path; readonly value: unknown };

/** Leaves that no decision depends on, and where they are tested instead. */
const NO_DECISION: readonly [RegExp, string][] = [
  [/^version$/, 'names the policy (test/unit/policy/read.test.ts)'],
  [/^levels\..\.(expiresAfter|warnBefore)$/, 'when a level falls, not who gets in (test/integration/continuity)'],
  [/^levels\..\.grace$/, 'how long a session that may not go on has left (test/integration/leases)'],
  [/^levels\..\.preempting$/, 'who makes others yield, not who gets in (test/unit/waiting)'],
  [/^classes\.(P0|PX)\.target$/, 'P0 is always due, and PX is suspended wherever targets count (test/unit/policy)'],
  [/^capacity\.guacd$/, 'which guacd carries a session (test/integration/leases)'],
  [/^delegation\.longest$/, 'how long a duty may be handed over for (test/integration/duties)'],
  [/^loanedStaff\./, 'how long accounts of loaned staff last (test/integration/people)'],
  [/^oidc\./, 'how people sign in, not what for (test/unit/oidc, test/integration/oidc)'],
  [/^secondFactors\./, 'how people prove who they are, before anything is asked for (test/integration/identity)'],
  [/^bypass\.(fromLevel|sites|atOnce|aPersonADay|approveWithin|redeemWithin|lasts)$/, 'who may have a bypass and for how long, not who gets a desktop (test/integration/bypass)'],
  [/^devices\./, 'how devices are registered (test/integration/devices)'],
  [/^signIn\.limits\./, 'how long sign-ins last (test/unit/identity/sign-in-limits.test.ts)'],
  [/^durations\./, 'how long leases, proposals and proofs last (test/integration)'],
];

/** Every other value that would change what comes of a request, by the path of the leaf. */
const OTHERWISE: readonly [RegExp, (leaf: Leaf) => readonly unknown[]][] = [
  [/^networks$/, () => [[{ site: 'office', ranges: ['0.0.0.0/0', '::/0'], organisation: undefined } satisfies Network]]],
  [/^everywhereElse$/, ({ value }) => [undefined, ...SITES.filter((site) => site !== value)]],
  [/^zones\..*\.needs$/, ({ value }) => NEEDS.filter((need) => need !== value)],
  [/^zones\..*\.liftedFrom$/, ({ path, value }) => (needsAt(path) === 'allow' ? [] : [undefined, 1, 2, 3].filter((level) => level !== value))],
  [/^levels\..\.suspended$/, ({ value }) => CLASSES.map((name) => toggled(value as readonly PriorityClass[], name))],
  [/^classes\..*\.outsideFromLevel$/, ({ value }) => [0, 1, 2, 3].filter((level) => level !== value)],
  [/^duties$/, () => [[{ name: '窓口', organisation: undefined, outsideFromLevel: undefined, sites: ['other'] } satisfies DutyRules]]],
  [/^delegation\.myNumber$/, ({ value }) => [value !== true]],
  [/^classes\.P[1-5]\.target$/, ({ value }) => [0, Number(value) * 2]],
  [/^levels\.R\.stages\..*$/, ({ value }) => [0, Number(value) * 2]],
  [/^levels\..\.due$/, ({ value }) => [value === 'at-once' ? 'by-target' : 'at-once']],
  [/^levels\..\.due\..*$/, ({ value }) => [0, Number(value) * 2]],
  [/^bypass\.classes$/, ({ value }) => CLASSES.map((name) => toggled(value as readonly PriorityClass[], name))],
  [/^capacity\.(total|reserve|surplusKeeps)$/, ({ value }) => [Number(value) - 1, Number(value) + 1, 0]],
  [/^capacity\.shares$/, () => [[{ path: ['みほん市'], floor: 0, most: 0 }]]],
];

describe('the cases notice', () => {
  it('nothing while nothing is changed', () => {
    expect(someCaseFails(shipped)).toBe(false);
    expect(someCaseFails(shipped, ADMISSION)).toBe(false);
  });

  it.each(ADMISSION.map((check) => [check.name, check] as const))('that the check "%s" is gone, or refuses everything', (_, check) => {
    expect(someCaseFails(shipped, ADMISSION.filter((one) => one !== check))).toBe(true);
    for (const reason of ['account-disabled', 'desktop-in-use'] as const) {
      const always: Check = { name: check.name, reason: () => reason };
      expect(someCaseFails(shipped, ADMISSION.map((one) => (one === check ? always : one)))).toBe(true);
    }
  });

  it('that two checks have changed places', () => {
    const unnoticed = ADMISSION.slice(1).map((check, index) => [ADMISSION[index]!, check] as const).filter(([one, other]) => {
      const swapped = ADMISSION.map((check) => (check === one ? other : check === other ? one : check));
      return !someCaseFails(shipped, swapped);
    });
    // Without a duty there is no class, so the two never speak together.
    expect(unnoticed.map(([one, other]) => `${one.name}, ${other.name}`)).toEqual(['duty, delegation']);
  });

  const leaves = leavesOf(shipped);

  it('of every leaf of the policy whether it is a rule', () => {
    const unknown = leaves.filter(({ path }) => ![...NO_DECISION, ...OTHERWISE].some(([pattern]) => pattern.test(path.join('.'))));
    expect(unknown).toEqual([]);
    const idle = [...NO_DECISION, ...OTHERWISE].filter(([pattern]) => !leaves.some(({ path }) => pattern.test(path.join('.'))));
    expect(idle).toEqual([]);
    expect(leaves.filter(({ path }) => path[0] === 'zones' && path.at(-1) === 'needs')).toHaveLength(18);
  });

  const rules = leaves.flatMap((leaf) => {
    const otherwise = OTHERWISE.find(([pattern]) => pattern.test(leaf.path.join('.')))?.[1](leaf) ?? [];
    return otherwise.map((value) => [leaf.path.join('.'), JSON.stringify(leaf.value) ?? 'nothing', JSON.stringify(value) ?? 'nothing', leaf.path, value] as const);
  });

  it.each(rules)('that %s is %s and not %s', (_name, _was, _is, path, value) => {
    expect(someCaseFails(changedAt(shipped, path, value))).toBe(true);
  });
});

/** Values, and lists and tables that are lists of values or empty. */
function leavesOf(value: unknown, path: Path = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [{ path, value }];
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function changedAt<Whole>(whole: Whole, [key, ...rest]: Path, value: unknown): Whole {
  if (key === undefined) return value as Whole;
  return { ...whole, [key]: changedAt((whole as Readonly<Record<string, unknown>>)[key], rest, value) };
}

function needsAt(path: Path): unknown {
  return leavesOf(shipped).find((leaf) => leaf.path.join('.') === [...path.slice(0, -1), 'needs'].join('.'))?.value;
}

function toggled(classes: readonly PriorityClass[], name: PriorityClass): readonly PriorityClass[] {
  return classes.includes(name) ? classes.filter((one) => one !== name) : [...classes, name];
}
