import type { Language, Role } from '../../broker/port.ts';
import type { Call, Command } from '../command.ts';
import { CannotBeDone, UsageError } from '../errors.ts';
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
    usage: '[--search PART] [--unit UNIT] [--role ROLE] [--status active|disabled] [--organisation ORGANISATION]',
    summary: { en: 'list people; --search looks for a part of the username or the name', ja: '利用者の一覧（--search は利用者名・氏名の一部）' },
    options: { ...ORGANISATION, search: { type: 'string' }, unit: { type: 'string' }, role: { type: 'string' }, status: { type: 'string' } },
    async run({ values, connection }) {
      const administration = await connection.administration();
      const find = createFind(administration, connection.language);
      const { id: organisationId } = await find.organisation(values.text('organisation'));
      const [search, unit, role, status] = [values.text('search'), values.text('unit'), values.text('role'), values.text('status')];
      const people = await administration.directory.listPeople({
        organisationId,
        ...(search !== undefined && { search }),
        ...(unit !== undefined && { unitId: (await find.unit(organisationId, unit)).id }),
        ...(role !== undefined && { role: oneOf(ROLES, role, '--role') }),
        ...(status !== undefined && { status: oneOf(['active', 'disabled'], status, '--status') }),
      });
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
  grant: {
    usage: 'USERNAME ROLE [--unit UNIT]',
    summary: { en: 'grant a role, for the whole organisation or for a unit and below', ja: '役割を与える（--unit で部署とその下に限る）' },
    options: { unit: { type: 'string' } },
    words: [2, 2],
    async run(call) {
      const { directory, person, role, unitId } = await grantOf(call);
      await directory.grantRole({ personId: person.id, role, unitId });
      return { done: true };
    },
  },
  revoke: {
    usage: 'USERNAME ROLE [--unit UNIT]',
    summary: { en: 'take a role away; without staff, sessions end', ja: '役割を外す（職員を外すと接続も終わる）' },
    options: { unit: { type: 'string' } },
    words: [2, 2],
    async run(call) {
      const { directory, person, role, unitId } = await grantOf(call);
      const grants = await directory.listGrants({ personId: person.id });
      const held = grants.find((grant) => grant.role === role && grant.unitId === unitId);
      if (held === undefined) {
        const there = grants.map((grant) => (grant.unitId === null ? grant.role : `${grant.role} --unit ${grant.unitId}`)).join(', ') || '-';
        throw new CannotBeDone({ en: `${person.username} does not hold that. Held: ${there}`, ja: `${person.username} はその役割を持っていません。現在の役割: ${there}` }[call.connection.language]);
      }
      await directory.revokeRole({ grantId: held.id });
      return { done: true };
    },
  },
  change: {
    usage: 'USERNAME [--name NAME] [--unit UNIT] [--language ja|en]',
    summary: { en: 'change a name, a unit or a language', ja: '氏名・部署・言語を変える' },
    options: { name: { type: 'string' }, unit: { type: 'string' }, language: { type: 'string' } },
    words: [1, 1],
    async run(call) {
      const { values, connection } = call;
      const { directory, person } = await personOf(call);
      const [displayName, unit, language] = [values.text('name'), values.text('unit'), values.text('language')];
      if (displayName === undefined && unit === undefined && language === undefined) throw new UsageError('--name | --unit | --language');
      await directory.changePerson({
        personId: person.id,
        ...(displayName !== undefined && { displayName }),
        ...(unit !== undefined && { unitId: (await createFind(await connection.administration(), connection.language).unit(person.organisationId, unit)).id }),
        ...(language !== undefined && { language: oneOf(LANGUAGES, language, '--language') }),
      });
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

async function grantOf(call: Call) {
  const role = oneOf(ROLES, call.words[1], 'ROLE');
  const { directory, person } = await personOf(call);
  const unit = call.values.text('unit');
  const unitId = unit === undefined ? null : (await createFind(await call.connection.administration(), call.connection.language).unit(person.organisationId, unit)).id;
  return { directory, person, role, unitId };
}
