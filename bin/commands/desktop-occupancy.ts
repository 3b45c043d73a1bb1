import type { Call, Command } from '../command.ts';
import { createFind } from '../find.ts';
import { ORGANISATION } from './options.ts';

const OPERATOR = { kind: 'operator' } as const;
/** In the place of a pool's name: out of any. */
const NONE = '-';

/** What lives on at desktops (残存セッション), and the pool each belongs to. */
export const desktopOccupancy: Readonly<Record<string, Command>> = {
  pool: {
    usage: 'DESKTOP POOL|- [--organisation ORGANISATION]',
    summary: { en: 'put a desktop into a pool, or out of any (-)', ja: 'デスクトップをプールに入れる（- で外す）' },
    options: ORGANISATION,
    words: [2, 2],
    async run(call) {
      const { desktopsAdmin, find, of } = await desktopOf(call);
      const [, pool = NONE] = call.words;
      await desktopsAdmin.setPool({ ...of, poolId: pool === NONE ? null : (await find.pool(of.organisationId, pool)).id }, OPERATOR);
      return { done: true };
    },
  },
  cleaned: {
    usage: 'DESKTOP [--organisation ORGANISATION]',
    summary: { en: 'report that a desktop was cleaned up, so that the next person may enter', ja: 'デスクトップの後片付けが済んだことを報告し、次の人が入れるようにする' },
    options: ORGANISATION,
    words: [1, 1],
    async run(call) {
      const { desktopsAdmin, of } = await desktopOf(call);
      return { item: { ended: await desktopsAdmin.cleaned(of, OPERATOR) } };
    },
  },
  residual: {
    usage: '[DESKTOP] [--organisation ORGANISATION]',
    summary: { en: 'list the OS sessions that live on after people left', ja: '利用者が離れたあとも残っているセッションの一覧' },
    options: ORGANISATION,
    words: [0, 1],
    async run(call) {
      const { values, connection, words } = call;
      const administration = await connection.administration();
      const find = createFind(administration, connection.language);
      const { id: organisationId } = await find.organisation(values.text('organisation'));
      const [name] = words;
      const desktopId = name === undefined ? undefined : (await find.desktop(organisationId, name)).id;
      const living = await administration.desktopsAdmin.residual({ organisationId, ...(desktopId !== undefined && { desktopId }) });
      return { items: living.map(({ id, desktop, username, beganAt, open }) => ({ id, desktop, username, beganAt: beganAt.toISOString(), open })) };
    },
  },
};

async function desktopOf({ words, values, connection }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const { id: organisationId } = await find.organisation(values.text('organisation'));
  const { id: desktopId } = await find.desktop(organisationId, words[0] ?? '');
  return { desktopsAdmin: administration.desktopsAdmin, find, of: { organisationId, desktopId } };
}
