import type { PoolListed } from '../../broker/port.ts';
import type { Call, Command, Item } from '../command.ts';
import { UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION } from './options.ts';

const OPERATOR = { kind: 'operator' } as const;
const UNLIMITED = '-';
const ASSIGNEE = { ...ORGANISATION, user: { type: 'string' }, unit: { type: 'string' } } as const;

/** Pools (プール) of desktops and who may use them. */
export const pool: Readonly<Record<string, Command>> = {
  add: {
    usage: 'NAME --log-in personal|shared --clean-up none|proved [--seats SEATS] [--organisation ORGANISATION]',
    summary: { en: 'add a pool of desktops; shared log-ins need a proved clean-up', ja: 'デスクトップのプールを登録する（共用ログインには後片付けの報告が必要）' },
    options: { ...ORGANISATION, 'log-in': { type: 'string' }, 'clean-up': { type: 'string' }, seats: { type: 'string' } },
    words: [1, 1],
    async run(call) {
      const { words, values, connection } = call;
      const given = {
        name: words[0] ?? '',
        logIn: oneOf(['personal', 'shared'], values.text('log-in'), '--log-in'),
        cleanUp: oneOf(['none', 'proved'], values.text('clean-up'), '--clean-up'),
        seats: seatsOf(values.text('seats')) ?? null,
      };
      const { desktopsAdmin, ...administration } = await connection.administration();
      const { id: organisationId } = await createFind({ desktopsAdmin, ...administration }, connection.language).organisation(values.text('organisation'));
      const id = await desktopsAdmin.addPool(organisationId, given, OPERATOR);
      return { item: { id, ...given } };
    },
  },
  list: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'list pools, who may use them and what is taken', ja: 'プールの一覧（利用者と使用状況）' },
    options: ORGANISATION,
    async run({ values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      return { items: (await administration.desktopsAdmin.pools(organisationId)).map(shown) };
    },
  },
  change: {
    usage: `POOL [--name NAME] [--log-in personal|shared] [--clean-up none|proved] [--seats SEATS|-]
      [--status active|disabled] [--organisation ORGANISATION]`,
    summary: { en: 'change a pool; out of service ends the sessions on it', ja: 'プールを変更する（停止すると接続を終える）' },
    options: { ...ORGANISATION, name: { type: 'string' }, 'log-in': { type: 'string' }, 'clean-up': { type: 'string' }, seats: { type: 'string' }, status: { type: 'string' } },
    words: [1, 1],
    async run(call) {
      const { values } = call;
      const [name, logIn, cleanUp, seats, status] = [values.text('name'), values.text('log-in'), values.text('clean-up'), seatsOf(values.text('seats')), values.text('status')];
      const change = {
        ...(name !== undefined && { name }),
        ...(logIn !== undefined && { logIn: oneOf(['personal', 'shared'], logIn, '--log-in') }),
        ...(cleanUp !== undefined && { cleanUp: oneOf(['none', 'proved'], cleanUp, '--clean-up') }),
        ...(seats !== undefined && { seats }),
        ...(status !== undefined && { status: oneOf(['active', 'disabled'], status, '--status') }),
      };
      const { desktopsAdmin, of } = await poolOf(call);
      await desktopsAdmin.changePool(of, change, OPERATOR);
      return { done: true };
    },
  },
  assign: {
    usage: 'POOL --user USERNAME | --unit UNIT [--organisation ORGANISATION]',
    summary: { en: 'let a person, or a unit with everything below, use a pool', ja: '利用者または部署（配下を含む）にプールを割り当てる' },
    options: ASSIGNEE,
    words: [1, 1],
    async run(call) {
      const { desktopsAdmin, of, assignee } = await assignmentOf(call);
      await desktopsAdmin.assignPool(of, assignee, OPERATOR);
      return { done: true };
    },
  },
  unassign: {
    usage: 'POOL --user USERNAME | --unit UNIT [--organisation ORGANISATION]',
    summary: { en: 'take a pool back and end the sessions of those who had it by that', ja: 'プールの割り当てを外し、それによる接続を終える' },
    options: ASSIGNEE,
    words: [1, 1],
    async run(call) {
      const { desktopsAdmin, of, assignee } = await assignmentOf(call);
      await desktopsAdmin.unassignPool(of, assignee, OPERATOR);
      return { done: true };
    },
  },
};

async function poolOf({ words, values, connection }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const { id: organisationId } = await find.organisation(values.text('organisation'));
  const { id: poolId } = await find.pool(organisationId, words[0] ?? '');
  return { desktopsAdmin: administration.desktopsAdmin, find, of: { organisationId, poolId } };
}

async function assignmentOf(call: Call) {
  const [user, unit] = [call.values.text('user'), call.values.text('unit')];
  if ((user === undefined) === (unit === undefined)) throw new UsageError('--user USERNAME | --unit UNIT');
  const { desktopsAdmin, find, of } = await poolOf(call);
  const assignee = user === undefined ? { unitId: (await find.unit(of.organisationId, unit ?? '')).id } : { personId: (await find.person(user)).id };
  return { desktopsAdmin, of, assignee };
}

/** Null: not limited; undefined: not said. */
function seatsOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === UNLIMITED) return null;
  if (!/^\d{1,7}$/.test(text)) throw new UsageError('--seats');
  return Number(text);
}

const shown = ({ id, name, status, logIn, cleanUp, seats, seatsTaken, desktops, suitable, people, units }: PoolListed): Item => ({
  id,
  name,
  status,
  logIn,
  cleanUp,
  seats,
  seatsTaken,
  desktops,
  suitable,
  people: people.map(({ username }) => username),
  units: units.map(({ name }) => name),
});
