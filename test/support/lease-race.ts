import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Outcome, Race } from './lease-racer.ts';

const RACER = join(import.meta.dirname, 'lease-racer.ts');

/** Asks from several processes at once and gives what each request came to. */
export async function raceForLeases({ requests, ...race }: Race, processes: number): Promise<Outcome[]> {
  const racers = Array.from({ length: processes }, (_, number) => {
    const child = spawn(process.execPath, [RACER], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const own: Race = { ...race, requests: requests.filter((__, n) => n % processes === number) };
    child.stdin.write(`${JSON.stringify(own)}\n`);
    return { child, next: async () => String((await lines.next()).value) };
  });
  for (const { next } of racers) {
    const said = await next();
    if (said !== 'ready') throw new Error(`a racer said ${said}`);
  }
  for (const { child } of racers) child.stdin.write('go\n');
  return (await Promise.all(racers.map(({ next }) => next()))).flatMap((line) => JSON.parse(line) as Outcome[]);
}

export const admitted = (outcomes: readonly Outcome[]): string[] => outcomes.flatMap((outcome) => ('lease' in outcome ? [outcome.lease] : []));
export const refused = (outcomes: readonly Outcome[]): string[] => outcomes.flatMap((outcome) => ('reasons' in outcome ? [outcome.reasons.join(' ')] : []));
