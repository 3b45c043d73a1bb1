import type { Language, Role } from '../../broker/port.ts';
import type { Call, Command } from '../command.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION, required } from './options.ts';

const ROLES: readonly Role[] = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'];
const LANGUAGES: readonly Language[] = ['ja', 'en'];

/** People and their accounts. */
export const user: Readonly<Record<string, Command>> = {
  add: {
    usage: 'USERNAME --name NAME --unit UNIT [--role ROLE]… [--language ja|en] [--organisation ORGANISATION]',
    summary: { en: 'add a person; invite them afterwards', ja: '利用者を登録する（続けて invite で招待）' },
    options: { ...ORGANISATION, name: { type: 'string' }, unit: { type: 'string' }, role: { type: 'string', multiple: true }, language: { type: 'string' } },
    words: [1, 1],
    async run({ words, values, connection }) {
      const administration = await connection.administration();
      const find = createFind(administration, connection.language);
      const { id: organisationId } = await find.organisation(values.text('organisation'));
      const { id: unitId } = await find.unit(organisationId, required(values.text('unit'), '--unit'));
      const roles = values.texts('role').map((role) => oneOf(ROLES, role, '--role'));
      const language = oneOf(LANGUAGES, values.text('language') ?? 'ja', '--language');
      const displayName = required(values.text('name'), '--name');
      return { item: await administration.directory.addPerson({ organisationId, unitId, username: words[0] ?? '', displayName, language, ...(roles.length > 0 && { roles }) }) };
    },
  },
  list: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'list people', ja: '利用者の一覧' },
    options: ORGANISATION,
    async run({ values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      const people = await administration.directory.listPeople({ organisationId });
      return {
        items: people.map(({ id, username, displayName, unitName, status, roles, hasPassword, hasAuthenticator }) => ({ id, username, displayName, unitName, status, roles, hasPassword, hasAuthenticator })),
      };
    },
  },
  invite: {
    usage: 'USERNAME',
    summary: { en: 'print a one-time link with which the person sets a password', ja: 'パスワードを設定する一度限りのリンクを出す' },
    words: [1, 1],
    async run(call) {
      const { directory, person } = await personOf(call);
      const { token, expiresAt } = await directory.issueInvitation(person.id);
      const { publicOrigin, port } = call.connection.config();
      return { item: { username: person.username, link: `${publicOrigin ?? `https://localhost:${port}`}/welcome#${token}`, expiresAt: expiresAt.toISOString() } };
    },
  },
  role: {
    usage: 'USERNAME ROLE',
    summary: { en: 'grant a role', ja: '役割を与える' },
    words: [2, 2],
    async run(call) {
      const role = oneOf(ROLES, call.words[1], 'ROLE');
      const { directory, person } = await personOf(call);
      await directory.grantRole({ personId: person.id, role });
      return { done: true };
    },
  },
  disable: {
    usage: 'USERNAME',
    summary: { en: 'suspend an account and end its sign-ins and sessions', ja: 'アカウントを停止し、サインインと接続を終える' },
    words: [1, 1],
    async run(call) {
      const { directory, person } = await personOf(call);
      await directory.disablePerson(person.id);
      return { done: true };
    },
  },
  enable: {
    usage: 'USERNAME',
    summary: { en: 'let a suspended account sign in again', ja: '停止したアカウントを再開する' },
    words: [1, 1],
    async run(call) {
      const { directory, person } = await personOf(call);
      await directory.enablePerson(person.id);
      return { done: true };
    },
  },
  unlock: {
    usage: 'USERNAME',
    summary: { en: 'forget failed sign-ins, so that the person may try again at once', ja: '失敗の記録を消し、すぐに試せるようにする' },
    words: [1, 1],
    async run(call) {
      const { directory, person } = await personOf(call);
      await directory.forgetFailures(person.id);
      return { done: true };
    },
  },
};

async function personOf({ words, connection }: Call) {
  const administration = await connection.administration();
  return { directory: administration.directory, person: await createFind(administration, connection.language).person(words[0] ?? '') };
}
