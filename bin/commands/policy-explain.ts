import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { explain, type Explanation } from '../../broker/admission/explain.ts';
import { CODES, type Code, type Language, type Level } from '../../broker/port.ts';
import { CasesDocument, factsOf, type Case } from '../../broker/policy-cases/index.ts';
import { parseYaml, type Policy } from '../../broker/policy/index.ts';
import type { Call, Command } from '../command.ts';
import { CannotBeDone, UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION, required } from './options.ts';
import { policyOf } from './policy-directory.ts';

/**
 * Why a request would come out as it does, now or at another level, hour or place: one that a case describes, which needs no database, or one of a
 * registered person, with seats and queue as they are.
 */
export const explainCommand: Command = {
  usage: 'CASE.yaml [--policy DIR] | --user USERNAME --duty DUTY (--desktop DESKTOP | --pool POOL) --address ADDRESS [--device] [--level LEVEL] [--at TIME] [--policy DIR] [--organisation ORGANISATION]',
  summary: { en: 'show each check of a request, described or of a registered person: what holds, what does not, seats, due time', ja: '事例に書いた要求、または登録済みの職員の要求を、判定の一つずつに分けて示す：席の内訳、再開の時期も' },
  options: { ...ORGANISATION, policy: { type: 'string' }, user: { type: 'string' }, duty: { type: 'string' }, desktop: { type: 'string' }, pool: { type: 'string' }, address: { type: 'string' }, device: { type: 'boolean' }, level: { type: 'string' }, at: { type: 'string' } },
  words: [0, 1],
  async run(call) {
    const { language } = call.connection;
    const policy = await policyOf(call.values.text('policy') ?? call.connection.config().policyDirectory, language);
    const user = call.values.text('user');
    const file = call.words[0];
    if ((file === undefined) === (user === undefined)) throw new UsageError('CASE.yaml | --user USERNAME');
    const explained = file === undefined ? [await registered(call, user ?? '', policy)] : await described(file, policy, language);
    const text = explained.map(({ name, site, class: priorityClass, zone, explanation }) => [`■ ${name} (${priorityClass}, ${zone}, ${site})`, ...linesOf(explanation, language)].join('\n')).join('\n\n');
    return { text, json: { items: explained.map(({ explanation: { decision, checks, seats, level, dueAt, makesOthersYield }, ...one }) => ({ ...one, outcome: decision.outcome, reasons: decision.reasons, help: decision.help, checks: checks.map(({ name, reason }) => ({ name, reason: reason ?? null })), seats, level: level ?? null, dueAt: dueAt?.toISOString() ?? null, makesOthersYield })) } };
  },
};

type Explained = { readonly name: string; readonly site: string; readonly class: string; readonly zone: string; readonly explanation: Explanation };

async function described(file: string, policy: Policy, language: Language): Promise<readonly Explained[]> {
  const cases = await casesOf(file, language);
  return cases.flatMap((one) => factsOf(one, policy).map((facts) => ({ name: one.name, site: facts.site ?? 'unknown', class: facts.duty?.class ?? '-', zone: facts.duty?.zone ?? '-', explanation: explain(facts) })));
}

const LEVELS: readonly Level[] = ['0', '1', '2', '3', 'R'];

async function registered({ values, connection }: Call, username: string, policy: Policy): Promise<Explained> {
  const [level, at, desktop, pool] = [values.text('level'), values.text('at'), values.text('desktop'), values.text('pool')];
  if ((desktop === undefined) === (pool === undefined)) throw new UsageError('--desktop DESKTOP | --pool POOL');
  const address = required(values.text('address'), '--address');
  if (isIP(address) === 0) throw new UsageError('--address');
  const when = at === undefined ? undefined : new Date(at);
  if (when !== undefined && Number.isNaN(when.getTime())) throw new UsageError('--at 2026-11-30T09:00:00+09:00');
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const organisation = await find.organisation(values.text('organisation'));
  const person = await find.person(username);
  if (person.organisationId !== organisation.id) throw new CannotBeDone({ en: `"${username}" belongs to another organisation.`, ja: `「${username}」は別の団体に属しています。` }[connection.language]);
  const duty = await find.duty(organisation.id, required(values.text('duty'), '--duty'));
  const wanted = desktop === undefined ? { poolId: (await find.pool(organisation.id, pool ?? '')).id } : { desktopId: (await find.desktop(organisation.id, desktop)).id };
  const { site, class: priorityClass, zone, explanation } = await administration.explain(policy, { organisation, person, dutyId: duty.id, ...wanted, address, ...(values.flag('device') && { device: true }), ...(level !== undefined && { level: oneOf(LEVELS, level, '--level') }), ...(when && { at: when }) });
  return { name: `${username} · ${duty.name} · ${desktop ?? pool ?? ''}`, site: site ?? 'unknown', class: priorityClass ?? '-', zone: zone ?? '-', explanation };
}

const OUTCOME = { admit: { en: 'let in', ja: '入れる' }, wait: { en: 'waits', ja: '待つ' }, refuse: { en: 'refused', ja: '断る' } } as const;

function linesOf({ decision, checks, seats, level, dueAt, makesOthersYield }: Explanation, language: Language): string[] {
  const ja = language === 'ja';
  const code = (reason: Code) => `${reason} (${CODES[reason].support})`;
  return [
    `${ja ? '結果' : 'outcome'}: ${OUTCOME[decision.outcome][language]}${level === undefined ? '' : ja ? `（この区分に効くレベル ${level}）` : ` (level ${level} counts for the class)`}`,
    ...checks.map(({ name, reason }) => `  ${reason === undefined ? '○' : '×'} ${name}${reason === undefined ? '' : `: ${code(reason)}`}`),
    ...seats.map(({ scope, seats: all, taken, guaranteedToOthers, guaranteedToOwn, left }) =>
      ja
        ? `  席 ${scope}: ${all} のうち ${taken} 使用、他へ確保 ${guaranteedToOthers}、自分たちへ確保 ${guaranteedToOwn}、この要求に残り ${left}`
        : `  seats ${scope}: ${taken} of ${all} taken, ${guaranteedToOthers} guaranteed to others, ${guaranteedToOwn} to the own unit, ${left} left for this request`,
    ),
    ...(dueAt === undefined ? [] : [ja ? `  再開の時期: ${dueAt.toISOString()}` : `  due: ${dueAt.toISOString()}`]),
    ...(decision.outcome === 'wait' && makesOthersYield ? [ja ? '  席だけが足りなければ、急がない業務の席を譲ってもらえる' : '  where nothing but a seat is missing, less urgent sessions yield to it'] : []),
    ...decision.help.map((help) => `  ${ja ? '代わりに' : 'instead'}: ${Object.values(help).flat().join(' ')}`),
  ];
}

async function casesOf(file: string, language: Language): Promise<readonly Case[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CannotBeDone({ en: `Not explained: ${file} cannot be read.`, ja: `実行しませんでした。${file} を読めません。` }[language], { cause });
  });
  const parsed = parseYaml(bytes, CasesDocument);
  if ('said' in parsed) return parsed.said.cases;
  const why = parsed.problems.map(({ line, column, cause }) => `${file}:${line}:${column}: ${cause}`).join('\n');
  throw new CannotBeDone({ en: `Not explained: the cases cannot be read.\n${why}`, ja: `実行しませんでした。事例を読めません。\n${why}` }[language]);
}

