import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { contradictionsIn } from './contradictions.ts';
import { dutyRulesOf } from './duties.ts';
import { oidcRulesOf } from './oidc.ts';
import { sharesOf } from './shares.ts';
import { bypassOf, devicesOf } from './sign-in.ts';
import { signInLimitsOf } from './sign-in-limits.ts';
import { delegationOf, teleworkRulesOf } from './telework.ts';
import { DOCUMENTS, POLICY_FILES, type PolicyFileName, type Said } from './documents/index.ts';
import type { PolicyFiles } from './files.ts';
import type { LevelRules, Policy } from './policy.ts';
import { PolicyError, type PolicyProblem } from './problem.ts';
import { parseYaml, type Parsed } from './yaml.ts';

/**
 * Reads a policy from the bytes of its files, all or nothing.
 * @param directory put before the names in what is said of problems
 * @throws PolicyError
 */
export function readPolicy(files: PolicyFiles, directory = ''): Policy {
  const unknown = Object.keys(files).filter((name) => !POLICY_FILES.some((known) => known === name));
  const parsed = Object.fromEntries(POLICY_FILES.map((name) => [name, parse(files, name)])) as ParsedFiles;
  const problems = [...unknown.map((name) => ({ file: name, line: 1, column: 1, cause: 'no file of a policy' })), ...POLICY_FILES.flatMap((name) => problemsOf(name, parsed[name]))];
  const refuse = (found: readonly PolicyProblem[]) => {
    if (found.length > 0) throw new PolicyError(found.map((problem) => ({ ...problem, file: join(directory, problem.file) })));
  };
  refuse(problems);
  const said = Object.fromEntries(POLICY_FILES.map((name) => [name, (parsed[name] as { said: unknown }).said])) as Said;
  refuse(contradictionsIn(said).map(({ file, path, cause }) => ({ file, ...(parsed[file] as Extract<Parsed<unknown>, { said: unknown }>).at(path, cause) })));
  return { version: versionOf(files), ...policyOf(said) };
}

type ParsedFiles = { readonly [Name in PolicyFileName]: Parsed<Said[Name]> };

function parse(files: PolicyFiles, name: PolicyFileName): Parsed<unknown> {
  const bytes = files[name];
  return bytes === undefined ? { problems: [{ line: 1, column: 1, cause: 'there is no such file' }] } : parseYaml(bytes, DOCUMENTS[name]);
}

function problemsOf(file: string, parsed: Parsed<unknown>): PolicyProblem[] {
  return 'problems' in parsed ? parsed.problems.map((problem) => ({ file, ...problem })) : [];
}

/** SHA-256 over each file's name, length and bytes, in the order of names. */
function versionOf(files: PolicyFiles): string {
  const hash = createHash('sha256');
  const sorted = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [name, bytes] of sorted) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

function policyOf(said: Said): Omit<Policy, 'version'> {
  const access = said['access.yaml'];
  const { levels } = said['levels.yaml'];
  const { classes } = said['classes.yaml'];
  const { total, reserve, guacd, 'surplus-keeps': surplusKeeps = 0 } = said['capacity.yaml'].seats;
  const { delegation, 'loaned-staff': loaned } = said['duties.yaml'];
  const { factors, oidc, bypass, devices, limits } = said['sign-in.yaml']['sign-in'];
  const durations = said['durations.yaml'].durations;
  return {
    networks: access.networks.map(({ site, ranges, organisation }) => ({ site, ranges, organisation })),
    everywhereElse: access['everywhere-else'],
    zones: access.zones,
    levels: { '0': levelOf(levels['0']), '1': levelOf(levels['1']), '2': levelOf(levels['2']), '3': levelOf(levels['3']), R: levelOf(levels.R) },
    classes: {
      P0: classOf(classes.P0),
      P1: classOf(classes.P1),
      P2: classOf(classes.P2),
      P3: classOf(classes.P3),
      P4: classOf(classes.P4),
      P5: classOf(classes.P5),
      PX: classOf(classes.PX),
    },
    duties: said['duties.yaml'].duties.map(dutyRulesOf),
    ...(delegation && { delegation: delegationOf(delegation) }),
    ...(loaned && { loanedStaff: { longest: loaned.longest, warnBefore: loaned['warn-before'].toSorted((one, other) => other - one) } }),
    ...(said['duties.yaml'].telework && { telework: teleworkRulesOf(said['duties.yaml'].telework) }),
    ...(factors && { secondFactors: { passkeys: factors.passkeys, reProof: factors['re-proof'], clockAlone: factors['clock-alone'] } }),
    capacity: { total, shares: sharesOf(said['capacity.yaml'].seats), reserve, surplusKeeps, guacd },
    durations: {
      lease: durations.lease,
      unused: durations.unused,
      parking: durations.parking,
      provisional: durations.provisional,
      proposal: durations.proposal,
      freshFactor: durations['fresh-factor'],
      deputy: durations.deputy,
      exception: durations.exception,
      dueBefore: durations['due-before'],
      ageing: durations.ageing,
      tenure: durations.tenure,
      extension: durations.extension,
      sitDown: durations['sit-down'],
      placeKept: durations['place-kept'],
      absentAfter: durations['absent-after'],
    },
    ...(oidc && { oidc: oidcRulesOf(oidc) }),
    ...(bypass && { bypass: bypassOf(bypass) }),
    ...(devices && { devices: devicesOf(devices) }),
    signIn: { limits: signInLimitsOf(limits) },
  };
}

type Levels = Said['levels.yaml']['levels'];

function levelOf(rules: Levels['0'] | Levels['1'] | Levels['R']): LevelRules {
  const { suspended, grace, preempting = [], due = 'at-once' } = rules;
  const always = { suspended, grace, preempting, due, ...('stages' in rules && rules.stages !== undefined && { stages: rules.stages }) };
  if (!('expires-after' in rules)) return { expiresAfter: undefined, warnBefore: [], ...always };
  return { expiresAfter: rules['expires-after'], warnBefore: [...rules['warn-before']].sort((one, other) => other - one), ...always };
}

function classOf({ target, 'outside-from-level': outsideFromLevel }: Said['classes.yaml']['classes']['P0']): Policy['classes']['P0'] {
  return { target, outsideFromLevel };
}
