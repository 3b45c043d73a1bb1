import { readFile, writeFile } from 'node:fs/promises';
import { csvLine } from '../../broker/imports/csv/write.ts';
import { parseYaml, type Policy } from '../../broker/policy/index.ts';
import type { Language } from '../../broker/port.ts';
import { chartOf, liveThrough, reportOf, ScenarioDocument, simulate, type Compared, type DutyReport, type Scenario } from '../../broker/simulation/index.ts';
import type { Call, Command } from '../command.ts';
import { CannotBeDone, UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { ORGANISATION } from './options.ts';
import { policyOf } from './policy-directory.ts';

/** Tries a policy on a day that has not come yet, or on one that has been. Needs the database only for what was recorded, and changes nothing but the files that it is told to write. */
export const simulateCommand: Command = {
  usage: '(SCENARIO.yaml | --from TIME --to TIME [--organisation ORGANISATION]) [--policy DIR] [--against DIR] [--seats N] [--seats-against N] [--csv FILE] [--chart FILE.svg]',
  summary: { en: 'live through a day under the policy, or under two of them, described or as it was recorded: waits by duty, who is displaced, target times', ja: '想定した一日、または記録された期間をポリシーで試す（二つの比較もできる）：業務ごとの待ち時間、席を譲る人、目標時間の達成' },
  options: { ...ORGANISATION, from: { type: 'string' }, to: { type: 'string' }, policy: { type: 'string' }, against: { type: 'string' }, seats: { type: 'string' }, 'seats-against': { type: 'string' }, csv: { type: 'string' }, chart: { type: 'string' } },
  words: [0, 1],
  async run(call) {
    const { values, connection } = call;
    const { language } = connection;
    const demand = await demandOf(call);
    const directory = values.text('policy') ?? connection.config().policyDirectory;
    const own = withSeats(await policyOf(directory, language), seatsOf(values.text('seats'), language));
    const against = values.text('against');
    const seatsAgainst = seatsOf(values.text('seats-against'), language);
    const compared: Compared[] = [live(call, demand, own, nameOf(directory, own))];
    if (against !== undefined || seatsAgainst !== undefined) {
      const other = withSeats(against === undefined ? await policyOf(directory, language) : await policyOf(against, language), seatsAgainst);
      compared.push(live(call, demand, other, nameOf(against ?? directory, other)));
    }
    const csv = values.text('csv');
    if (csv !== undefined) await written(csv, csvOf(compared), language);
    const chart = values.text('chart');
    if (chart !== undefined) await written(chart, chartOf(compared, language), language);
    return { items: compared.flatMap(({ name, report }) => report.duties.map((duty) => itemOf(name, duty))) };
  },
};

type Demand = { readonly hours: number; readonly live: (policy: Policy, onProgress: (hours: number) => void) => ReturnType<typeof simulate> };

async function demandOf({ words: [file], values, connection }: Call): Promise<Demand> {
  const { language } = connection;
  const [from, to] = [values.text('from'), values.text('to')];
  if ((file === undefined) === (from === undefined || to === undefined)) throw new UsageError('SCENARIO.yaml | --from TIME --to TIME');
  if (file !== undefined) {
    const scenario = await scenarioOf(file, language);
    return { hours: scenario.hours, live: (policy, onProgress) => simulate(scenario, policy, onProgress) };
  }
  const [begin, end] = [timeOf(from ?? '', '--from'), timeOf(to ?? '', '--to')];
  if (end <= begin || end.getTime() - begin.getTime() > LONGEST) throw new UsageError(ja(language, '--from < --to（31日以内）', '--from < --to, 31 days at most'));
  const administration = await connection.administration();
  const { id: organisationId } = await createFind(administration, language).organisation(values.text('organisation'));
  const { day, requests } = await administration.recorded({ organisationId, from: begin, to: end });
  if (requests.length === 0) throw new CannotBeDone(ja(language, '実行しませんでした。その期間に席を求めた記録がありません。', 'Not simulated: nobody asked for a seat in that time.'));
  return { hours: day.hours, live: (policy, onProgress) => liveThrough(requests, day, policy, onProgress) };
}

const LONGEST = 31 * 24 * 3_600_000;
const ja = (language: Language, japanese: string, english: string): string => ({ ja: japanese, en: english })[language];

function timeOf(text: string, option: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError(`${option} 2026-11-30T09:00:00+09:00`);
  return at;
}

function live({ progress }: Call, { hours: all, live }: Demand, policy: Policy, name: string): Compared {
  const simulated = live(policy, (hours) => progress(`${name}: ${hours} / ${Math.round(all)} h`));
  return { name, report: reportOf(simulated, policy.classes) };
}

const nameOf = (directory: string, { capacity }: Policy): string => `${directory.split('/').findLast((part) => part !== '') ?? directory} · ${capacity.total ?? '∞'}`;

const withSeats = (policy: Policy, total: number | undefined): Policy => (total === undefined ? policy : { ...policy, capacity: { ...policy.capacity, total } });

function seatsOf(text: string | undefined, language: Language): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,7}$/.test(text)) throw new CannotBeDone({ en: `Not simulated: "${text}" is no number of seats.`, ja: `実行しませんでした。席数「${text}」は数ではありません。` }[language]);
  return Number(text);
}

async function scenarioOf(file: string, language: Language): Promise<Scenario> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CannotBeDone({ en: `Not simulated: ${file} cannot be read.`, ja: `実行しませんでした。${file} を読めません。` }[language], { cause });
  });
  const parsed = parseYaml(bytes, ScenarioDocument);
  if ('said' in parsed) return parsed.said;
  const why = parsed.problems.map(({ line, column, cause }) => `${file}:${line}:${column}: ${cause}`).join('\n');
  throw new CannotBeDone({ en: `Not simulated: the scenario cannot be read.\n${why}`, ja: `実行しませんでした。想定（シナリオ）を読めません。\n${why}` }[language]);
}

async function written(file: string, text: string, language: Language): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw new CannotBeDone({ en: `${file} cannot be written.`, ja: `${file} に書き込めません。` }[language], { cause });
  });
}

const minutes = (seconds: number) => Math.round(seconds / 6) / 10;

function itemOf(name: string, { duty, class: priorityClass, people, admitted, gaveUp, waiting, medianWait, p90Wait, longestWait, metTarget, displaced, displacedSeconds }: DutyReport): Readonly<Record<string, string | number>> {
  return { policy: name, class: priorityClass, duty, people, admitted, gaveUp, waiting, medianWaitMinutes: minutes(medianWait), p90WaitMinutes: minutes(p90Wait), longestWaitMinutes: minutes(longestWait), metTargetPercent: Math.round(metTarget * 1000) / 10, displaced, displacedMinutes: minutes(displacedSeconds) };
}

/** Opens right in Excel: UTF-8 with its mark. */
function csvOf(compared: readonly Compared[]): string {
  const items = compared.flatMap(({ name, report }) => report.duties.map((duty) => itemOf(name, duty)));
  const columns = Object.keys(items[0] ?? {});
  return `\uFEFF${csvLine(columns)}${items.map((item) => csvLine(columns.map((column) => String(item[column] ?? '')))).join('')}`;
}
