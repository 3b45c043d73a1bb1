import { readFile } from 'node:fs/promises';
import { csvLine, type ImportScope } from '../../broker/imports/index.ts';
import type { ImportKind, ImportPreview } from '../../broker/port.ts';
import type { Call, Command, Result } from '../command.ts';
import { CannotBeDone } from '../errors.ts';
import { createFind } from '../find.ts';
import { decodeText } from '../decode-text.ts';
import { sayCause, sayImport } from '../import-texts.ts';
import { ORGANISATION } from './options.ts';

const IMPORT_OPTIONS = { ...ORGANISATION, preview: { type: 'boolean' } } as const;

/** Whole lists as CSV, in. */
export const importing: Readonly<Record<string, Command>> = {
  people: {
    usage: 'FILE [--preview] [--organisation ORGANISATION]',
    summary: { en: 'add and change people as a CSV file says, all or nothing; - reads standard input', ja: 'CSV のとおりに利用者を登録・変更する（すべてか、なしか。- は標準入力）' },
    options: IMPORT_OPTIONS,
    words: [1, 1],
    run: (call) => importFile(call, 'people'),
  },
  desktops: {
    usage: 'FILE [--preview] [--organisation ORGANISATION]',
    summary: { en: 'add and change desktops as a CSV file says, all or nothing', ja: 'CSV のとおりにデスクトップを登録・変更する（すべてか、なしか）' },
    options: IMPORT_OPTIONS,
    words: [1, 1],
    run: (call) => importFile(call, 'desktops'),
  },
};

/** Whole lists as CSV, out: UTF-8 with a byte order mark, as spreadsheets like it. */
export const exporting: Readonly<Record<string, Command>> = {
  people: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'write all people in the columns that an import reads', ja: '利用者を、取り込みと同じ列の CSV で書き出す' },
    options: ORGANISATION,
    run: (call) => exportRows(call, 'people'),
  },
  desktops: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'write all desktops in the columns that an import reads', ja: 'デスクトップを、取り込みと同じ列の CSV で書き出す' },
    options: ORGANISATION,
    run: (call) => exportRows(call, 'desktops'),
  },
};

async function importFile(call: Call, kind: ImportKind): Promise<Result> {
  const { words, values, connection, progress } = call;
  const { language } = connection;
  const name = words[0] ?? '';
  const csv = await textOf(call, name);
  const { imports } = await connection.administration();
  const scope = await scopeOf(call);
  progress({ en: `Checking ${name} …`, ja: `${name} を確認しています…` }[language]);
  const seen = await imports.preview({ kind, csv, language }, scope);
  if (seen.errors.length > 0) return told(call, name, seen, true);
  if (values.flag('preview')) return told(call, name, seen, false);
  progress({ en: `Importing ${seen.rows} rows …`, ja: `${seen.rows} 行を取り込んでいます…` }[language]);
  const { organisationId } = scope;
  const done = await imports.apply({ kind, csv, language, digest: seen.digest, organisationId, scopeOf: () => Promise.resolve(scope), requireFreshFactor: () => Promise.resolve() }, { actor: { kind: 'operator' } });
  return told(call, name, done, false);
}

function told({ values, connection: { language } }: Call, name: string, seen: ImportPreview, failed: boolean): Result {
  const { rows, added, changed, unchanged, changes, errors } = seen;
  const wrong = errors.map(({ line, column, cause, detail }) => `${name}:${line}: ${[column, sayCause(cause, language)].filter((part) => part !== '').join(': ')}${detail === '' ? '' : ` (${detail})`}\n`);
  const shown = changes.map(({ line, kind, name: of, columns }) => {
    const cells = columns.map(({ column, before, after }) => `${column}=${before === null ? '' : `${before || '-'} → `}${after || '-'}`);
    return `${name}:${line}: ${sayImport[kind](language)} ${of}${kind === 'change' ? `: ${cells.join(', ')}` : ''}\n`;
  });
  const sum = `${failed ? sayImport.nothing(language) : values.flag('preview') ? sayImport.would(language) : sayImport.done(language)}${sayImport.sum({ rows, added, changed, unchanged, errors: errors.length }, language)}\n`;
  const text = [...wrong, ...(failed || !values.flag('preview') ? [] : shown), sum].join('').replaceAll(/[^\P{Cc}\n]/gu, '�');
  return { text, json: seen, failed };
}

async function exportRows(call: Call, kind: ImportKind): Promise<Result> {
  const { language } = call.connection;
  const { imports } = await call.connection.administration();
  const { organisationId } = await scopeOf(call);
  const columns = imports.columns(kind, language);
  const rows: (readonly string[])[] = [];
  for await (const row of imports.rows(kind, { organisationId, units: 'all' }, language)) rows.push(row);
  const items = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
  return { text: `\ufeff${[columns, ...rows].map(csvLine).join('')}`, json: { items, next: null } };
}

/** Whoever has the server may do everything. */
async function scopeOf({ values, connection }: Call): Promise<ImportScope> {
  const { id: organisationId } = await createFind(await connection.administration(), connection.language).organisation(values.text('organisation'));
  return { organisationId, people: 'all', roles: 'all', duties: 'all' };
}

async function textOf({ stdin, connection: { language } }: Call, name: string): Promise<string> {
  const bytes = await (name === '-' ? allOf(stdin) : readFile(name)).catch((error: unknown) => {
    throw new CannotBeDone({ en: `The file cannot be read: ${name}`, ja: `ファイルを読めません: ${name}` }[language], { cause: error });
  });
  const text = decodeText(bytes);
  if (text === undefined) throw new CannotBeDone({ en: `${name} is neither UTF-8 nor Shift_JIS. Save it as CSV UTF-8.`, ja: `${name} は UTF-8 でも Shift_JIS でもありません。「CSV UTF-8」で保存してください。` }[language]);
  return text;
}

async function allOf(stdin: Call['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
