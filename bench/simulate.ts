import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml, readPolicy, readPolicyFiles } from '../broker/policy/index.ts';
import { reportOf, ScenarioDocument, simulate } from '../broker/simulation/index.ts';

const EXAMPLES = join(import.meta.dirname, '../policies/examples');
const ROUNDS = 3;

export type SimulateFigures = { readonly people: number; readonly hours: number; /** Median. */ readonly seconds: number; readonly metTarget: number };

/** How long a day of two thousand people takes to live through. Seconds of one machine: only their order of magnitude counts. */
export async function benchSimulate(): Promise<SimulateFigures> {
  const directory = join(EXAMPLES, 'city');
  const policy = readPolicy(await readPolicyFiles(directory), directory);
  const parsed = parseYaml(await readFile(join(EXAMPLES, 'scenarios', 'earthquake-city.yaml')), ScenarioDocument);
  if (!('said' in parsed)) throw new Error('the scenario cannot be read');
  const took: number[] = [];
  let report = reportOf(simulate(parsed.said, policy), policy.classes);
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    report = reportOf(simulate(parsed.said, policy), policy.classes);
    took.push(performance.now() - from);
  }
  const median = took.toSorted((one, other) => one - other)[1] ?? 0;
  return { people: report.people, hours: parsed.said.hours, seconds: Number((median / 1000).toFixed(2)), metTarget: report.metTarget };
}

if (import.meta.main) console.log(JSON.stringify(await benchSimulate()));
