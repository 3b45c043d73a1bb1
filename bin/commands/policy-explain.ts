import { readFile } from 'node:fs/promises';
import { explain, type Explanation } from '../../broker/admission/explain.ts';
import { CODES, type Code, type Language } from '../../broker/port.ts';
import { CasesDocument, factsOf, type Case } from '../../broker/policy-cases/index.ts';
import { parseYaml } from '../../broker/policy/index.ts';
import type { Command } from '../command.ts';
import { CannotBeDone } from '../errors.ts';
import { policyOf } from './policy-directory.ts';

/** Why a request would come out as it does, now or at another level, hour or place. Needs no database. */
export const explainCommand: Command = {
  usage: 'CASE.yaml [--policy DIR]',
  summary: { en: 'show each check of a request that a case describes: what holds, what does not, seats, due time', ja: '事例に書いた要求を、判定の一つずつに分けて示す：席の内訳、再開の時期も' },
  options: { policy: { type: 'string' } },
  words: [1, 1],
  async run(call) {
    const { language } = call.connection;
    const policy = await policyOf(call.values.text('policy') ?? call.connection.config().policyDirectory, language);
    const cases = await casesOf(call.words[0] ?? '', language);
    const explained = cases.flatMap((one) => factsOf(one, policy).map((facts) => ({ name: one.name, site: facts.site ?? 'unknown', class: facts.duty?.class ?? '-', zone: facts.duty?.zone ?? '-', explanation: explain(facts) })));
    const text = explained.map(({ name, site, class: priorityClass, zone, explanation }) => [`■ ${name} (${priorityClass}, ${zone}, ${site})`, ...linesOf(explanation, language)].join('\n')).join('\n\n');
    return { text, json: { items: explained.map(({ explanation: { decision, checks, seats, level, dueAt, makesOthersYield }, ...one }) => ({ ...one, outcome: decision.outcome, reasons: decision.reasons, help: decision.help, checks: checks.map(({ name, reason }) => ({ name, reason: reason ?? null })), seats, level: level ?? null, dueAt: dueAt?.toISOString() ?? null, makesOthersYield })) } };
  },
};

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

