import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { FIELDS } from '../../../gateway/log/fields.ts';
import { createLog } from '../../../gateway/log/index.ts';
import { ENDING } from '../../../gateway/relay/ending.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The text between an opening parenthesis and its partner; strings and templates may hold anything. */
function argumentsFrom(source: string, opening: number): string {
  let depth = 0;
  let quote = '';
  for (let index = opening; index < source.length; index += 1) {
    const character = source[index]!;
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if ('\'"`'.includes(character)) quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')' && (depth -= 1) === 0) return source.slice(opening + 1, index);
  }
  throw new Error('A call of the log does not end');
}

/** Names of fields that stand in a source's calls of the log. What is spread in has no name there. */
function fieldsIn(source: string): string[] {
  return [...source.matchAll(/\blog\.(?:info|warn|error)\(/g)].flatMap((call) => {
    const given = argumentsFrom(source, call.index + call[0].length - 1).replaceAll(/'[^']*'|`[^`]*`/g, '\'\'');
    return [...given.matchAll(/[{,]\s*([A-Za-z]\w*)\s*(?=[:,}])/g)].map((found) => found[1]!);
  });
}

describe('every field that the sources log', () => {
  const files = globSync(['gateway/**/*.ts', 'broker/**/*.ts'], { cwd: ROOT });
  const logged = files.flatMap((file) => fieldsIn(readFileSync(join(ROOT, file), 'utf8')).map((name) => ({ file, name })));

  it('is found', () => {
    expect(fieldsIn("log.warn('a (b', { leaseId, ...(x && { signal: why }), ...ending, task: f(a), error })")).toEqual(['leaseId', 'signal', 'task', 'error']);
    expect(logged.map(({ name }) => name)).toEqual(expect.arrayContaining(['leaseId', 'error', 'task', 'setting']));
  });

  it('is classified', () => {
    expect(logged.filter(({ name }) => !FIELDS.has(name))).toEqual([]);
  });
});

const session = { leaseId: 'lease', connectedAt: new Date(0), bytesToBrowser: 5, bytesFromBrowser: 3, refused: { 'client:clipboard': { count: 2, bytes: 40 }, 'server:unknown': { count: 1, bytes: 9 } } };

async function lineOf(fields: Record<string, unknown>): Promise<unknown> {
  const stream = new PassThrough();
  createLog({ level: 'info', stream }).info('relay session ended', fields);
  await setImmediate();
  return JSON.parse(String(stream.read()));
}

it.each(Object.values(ENDING))('the end of a session is written whole: $reason', async (ending) => {
  expect(await lineOf({ ...session, ...ending })).toMatchObject({ ...session, connectedAt: '1970-01-01T00:00:00.000Z', ...ending });
});

it('counts are written only under the program\'s own kinds, and only their numbers', async () => {
  const refused = { 'client:clipboard': { count: 2, bytes: 'hunter2', secret: 7 }, 'hunter2': { count: 1 }, 'client:Hunter2': { count: 1 }, 'server:file': 'hunter2' };
  const line = await lineOf({ refused });
  expect(line).toMatchObject({ refused: { 'client:clipboard': { count: 2 } } });
  expect(JSON.stringify(line)).not.toMatch(/hunter2|secret/i);
  expect(await lineOf({ refused: 'hunter2' })).toMatchObject({ refused: '[redacted]' });
});
