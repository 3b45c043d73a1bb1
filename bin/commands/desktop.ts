import { readFile } from 'node:fs/promises';
import type { DesktopRecord, StoredCredentials } from '../../broker/desktops/index.ts';
import type { Call, Command, Item } from '../command.ts';
import { CannotBeDone, UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { desktopOccupancy } from './desktop-occupancy.ts';
import { oneOf, ORGANISATION, required } from './options.ts';

const OPERATOR = { kind: 'operator' } as const;
const USUAL_PORT = { rdp: 3389, vnc: 5900 } as const;

const ADD_OPTIONS = {
  ...ORGANISATION,
  name: { type: 'string' },
  protocol: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  weight: { type: 'string' },
  kind: { type: 'string' },
  sessions: { type: 'string' },
  pool: { type: 'string' },
  credentials: { type: 'string' },
  username: { type: 'string' },
  domain: { type: 'string' },
  'password-file': { type: 'string' },
  'password-stdin': { type: 'boolean' },
  parameter: { type: 'string', multiple: true },
  'accept-any-certificate': { type: 'boolean' },
} as const;

/** Desktops (デスクトップ) and whom they are assigned to. */
export const desktop: Readonly<Record<string, Command>> = {
  add: {
    usage: `--name NAME --protocol rdp|vnc --host HOST [--port PORT] --credentials ask|stored
      [--username USERNAME] [--domain DOMAIN] [--password-file FILE | --password-stdin]
      [--parameter NAME=VALUE]… [--weight SEATS] [--kind exclusive|multi-session] [--sessions COUNT]
      [--pool POOL] [--accept-any-certificate] [--organisation ORGANISATION]`,
    summary: { en: 'add a desktop; a password is read from a file or standard input only', ja: 'デスクトップを登録する（パスワードはファイルか標準入力から読む）' },
    options: ADD_OPTIONS,
    words: [0, 0],
    async run(call) {
      const { values, connection } = call;
      const protocol = oneOf(['rdp', 'vnc'], values.text('protocol'), '--protocol');
      const [weight, kind, sessions, pool] = [values.text('weight'), values.text('kind'), values.text('sessions'), values.text('pool')];
      const given = {
        name: required(values.text('name'), '--name'),
        protocol,
        host: required(values.text('host'), '--host'),
        port: numberOf(values.text('port') ?? String(USUAL_PORT[protocol]), '--port'),
        ...(weight !== undefined && { weight: numberOf(weight, '--weight') }),
        ...(kind !== undefined && { kind: oneOf(['exclusive', 'multi-session'], kind, '--kind') }),
        ...(sessions !== undefined && { sessions: numberOf(sessions, '--sessions') }),
        parameters: parametersOf(values.texts('parameter')),
        acceptAnyCertificate: values.flag('accept-any-certificate'),
        credentials: await credentialsOf(call),
      };
      const administration = await connection.administration();
      const find = createFind(administration, connection.language);
      const { id: organisationId } = await find.organisation(values.text('organisation'));
      const inPool = pool === undefined ? {} : { poolId: (await find.pool(organisationId, pool)).id };
      return { item: shown(await administration.desktopsAdmin.add({ organisationId, ...given, ...inPool }, OPERATOR)) };
    },
  },
  list: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'list desktops', ja: 'デスクトップの一覧' },
    options: ORGANISATION,
    async run({ values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      return { items: (await administration.desktopsAdmin.list(organisationId)).map(shown) };
    },
  },
  assign: {
    usage: 'DESKTOP USERNAME',
    summary: { en: 'assign a desktop to a person', ja: '利用者にデスクトップを割り当てる' },
    words: [2, 2],
    async run(call) {
      const { desktopsAdmin, assignment } = await assignmentOf(call);
      await desktopsAdmin.assign(assignment, OPERATOR);
      return { done: true };
    },
  },
  unassign: {
    usage: 'DESKTOP USERNAME',
    summary: { en: 'take a desktop from a person and end their session on it', ja: 'デスクトップの割り当てを外し、その接続を終える' },
    words: [2, 2],
    async run(call) {
      const { desktopsAdmin, assignment } = await assignmentOf(call);
      await desktopsAdmin.unassign(assignment, OPERATOR);
      return { done: true };
    },
  },
  disable: {
    usage: 'DESKTOP [--organisation ORGANISATION]',
    summary: { en: 'take a desktop out of service and end the session on it', ja: 'デスクトップを停止し、その接続を終える' },
    options: ORGANISATION,
    words: [1, 1],
    async run(call) {
      const { desktopsAdmin, of } = await desktopOf(call);
      await desktopsAdmin.disable(of, OPERATOR);
      return { done: true };
    },
  },
  enable: {
    usage: 'DESKTOP [--organisation ORGANISATION]',
    summary: { en: 'put a desktop back into service', ja: '停止したデスクトップを再開する' },
    options: ORGANISATION,
    words: [1, 1],
    async run(call) {
      const { desktopsAdmin, of } = await desktopOf(call);
      await desktopsAdmin.enable(of, OPERATOR);
      return { done: true };
    },
  },
  ...desktopOccupancy,
};

async function desktopOf({ words, values, connection }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const { id: organisationId } = await find.organisation(values.text('organisation'));
  const { id: desktopId } = await find.desktop(organisationId, words[0] ?? '');
  return { desktopsAdmin: administration.desktopsAdmin, of: { organisationId, desktopId } };
}

async function assignmentOf({ words, connection }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const { id: personId, organisationId } = await find.person(words[1] ?? '');
  const { id: desktopId } = await find.desktop(organisationId, words[0] ?? '');
  return { desktopsAdmin: administration.desktopsAdmin, assignment: { organisationId, desktopId, personId } };
}

async function credentialsOf(call: Call): Promise<StoredCredentials | 'ask'> {
  const { values } = call;
  const mode = oneOf(['ask', 'stored'], values.text('credentials'), '--credentials');
  const [username, domain] = [values.text('username'), values.text('domain')];
  const password = await passwordOf(call);
  if (mode === 'ask') {
    if (username !== undefined || domain !== undefined || password !== undefined) throw new UsageError('--credentials ask: --username, --domain, --password-*');
    return 'ask';
  }
  return { ...(username !== undefined && { username }), ...(password !== undefined && { password }), ...(domain !== undefined && { domain }) };
}

/** Never an argument: those are seen by everybody on the machine. One line end behind it is not part of it. */
async function passwordOf({ values, stdin, connection }: Call): Promise<string | undefined> {
  const file = values.text('password-file');
  if (!values.flag('password-stdin')) {
    const text = file === undefined ? undefined : await readFile(file, 'utf8').catch((error: unknown) => {
      throw new CannotBeDone({ en: `The password file cannot be read: ${file}`, ja: `パスワードのファイルを読めません: ${file}` }[connection.language], { cause: error });
    });
    return text?.replace(/\r?\n$/, '');
  }
  if (file !== undefined) throw new UsageError('--password-file | --password-stdin');
  if (stdin.isTTY === true) throw new UsageError({ en: '--password-stdin: pass the password by a pipe, so that it is not shown', ja: '--password-stdin: パスワードが画面に出ないよう、パイプで渡してください' }[connection.language]);
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').replace(/\r?\n$/, '');
}

function parametersOf(given: readonly string[]): Record<string, string> {
  const pairs = given.map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError('--parameter NAME=VALUE');
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}

function numberOf(text: string, option: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError(option);
  return Number(text);
}

const shown = ({ id, name, protocol, host, port, status, weight, kind, sessions, pool, credentials, parameters, assignedTo }: DesktopRecord): Item => ({ id, name, protocol, host, port, status, weight, kind, sessions, pool, credentials, parameters, assignedTo });
