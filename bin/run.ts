import { parseArgs } from 'node:util';
import { createTrail, runAudit } from '../broker/audit/index.ts';
import { randomIds, systemClock } from '../broker/environment.ts';
import { Refusal, type Language } from '../broker/port.ts';
import { SettingsWrong } from '../gateway/config.ts';
import type { Call, Command, Values } from './command.ts';
import { CannotBeDone, UsageError } from './errors.ts';
import { COMMANDS } from './commands/index.ts';
import { createConnection, type Connection } from './connection.ts';
import { help, helpFor } from './help.ts';
import { languageOf } from './language.ts';
import { render } from './output.ts';
import { say } from './texts.ts';

type Streams = {
  readonly stdin: Call['stdin'];
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Exit codes: done; refused or impossible, and nothing was changed; called in a way that cannot be meant. */
const DONE = 0;
const NOT_DONE = 1;
const WRONG_USE = 2;

/** The command line: understands its arguments, does what they say and tells the exit code. */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  const language = languageOf(streams.environment);
  const [noun, verb, ...rest] = argv;
  if (noun === undefined || noun === 'help' || noun === '--help' || noun === '-h') {
    streams.stdout.write(help(language));
    return noun === undefined ? WRONG_USE : DONE;
  }
  const connection = createConnection({ environment: streams.environment, language });
  try {
    if (noun === 'audit') return await audit(argv.slice(1), streams, connection);
    const command = commandOf(noun, verb);
    if (command === undefined || verb === undefined) throw new UsageError(argv.slice(0, 2).join(' '));
    if (rest.includes('--help') || rest.includes('-h')) {
      streams.stdout.write(helpFor(noun, verb, command, language));
      return DONE;
    }
    return await execute(command, rest, streams, connection);
  } catch (error) {
    return explain(error, { noun, verb, language, streams, json: argv.includes('--json') });
  } finally {
    await connection.close();
  }
}

async function execute(command: Command, args: readonly string[], { stdin, stdout, stderr }: Streams, connection: Connection): Promise<number> {
  const { values, positionals } = parse(command, args);
  const [fewest, most] = command.words ?? [0, 0];
  if (positionals.length < fewest || positionals.length > most) throw new UsageError(command.usage);
  const progress = (text: string) => void (stderr.isTTY === true && stderr.write(`${text}\n`));
  const result = await command.run({ words: positionals, values, connection, stdin, progress });
  stdout.write(render(result, { json: values.flag('json'), language: connection.language }));
  return result.failed === true ? NOT_DONE : DONE;
}

function parse(command: Command, args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...command.options, json: { type: 'boolean' } }, allowPositionals: true, strict: true });
    const given = new Map<string, unknown>(Object.entries(values));
    return {
      positionals,
      values: {
        text(name) {
          const value = given.get(name);
          return typeof value === 'string' ? value : undefined;
        },
        texts(name) {
          const value = given.get(name);
          return Array.isArray(value) ? value.map(String) : [];
        },
        flag: (name) => given.get(name) === true,
      },
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function commandOf(noun: string, verb: string | undefined): Command | undefined {
  const verbs = Object.hasOwn(COMMANDS, noun) ? COMMANDS[noun] : undefined;
  return verbs !== undefined && verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
}

async function audit(argv: readonly string[], { stdout, stderr }: Streams, connection: Connection): Promise<number> {
  const connectionString = await connection.connectionString();
  return runAudit(argv, { stdout, stderr, trail: createTrail({ clock: systemClock, ids: randomIds }), ...(connectionString !== undefined && { connectionString }) });
}

type Circumstances = { readonly noun: string; readonly verb: string | undefined; readonly language: Language; readonly streams: Streams; readonly json: boolean };

/** Says on standard error what went wrong and what to do; never how the program came there. */
function explain(error: unknown, { noun, verb, language, streams, json }: Circumstances): number {
  const { stderr } = streams;
  if (json && (error instanceof UsageError || error instanceof SettingsWrong)) {
    stderr.write(`${JSON.stringify({ code: 'wrong-use', message: error.message })}\n`);
    return WRONG_USE;
  }
  if (error instanceof UsageError) {
    const command = commandOf(noun, verb);
    stderr.write(`${say.wrongUse(error.message, language)}\n`);
    stderr.write(verb !== undefined && command !== undefined ? helpFor(noun, verb, command, language) : help(language));
    return WRONG_USE;
  }
  if (error instanceof SettingsWrong) {
    stderr.write(`${error.message}\n`);
    return WRONG_USE;
  }
  if (error instanceof Refusal) {
    const fields = (error.details.fields ?? []).map(({ path, expected }) => ({ path, expected: say.expected(expected, language) }));
    stderr.write(json ? `${JSON.stringify({ code: error.code, fields })}\n` : [say.refusal(error.code, language), ...fields.map(({ path, expected }) => `  ${path}: ${expected}`), ''].join('\n'));
    return NOT_DONE;
  }
  const message = error instanceof CannotBeDone ? error.message : { en: `It failed: ${String(error)}`, ja: `失敗しました: ${String(error)}` }[language];
  stderr.write(json ? `${JSON.stringify({ code: 'failed', message })}\n` : `${message}\n`);
  return NOT_DONE;
}
