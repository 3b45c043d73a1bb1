import type { Command } from '../command.ts';
import { createFind } from '../find.ts';
import { withPaths } from '../unit-paths.ts';
import { ORGANISATION } from './options.ts';

/** Municipalities (団体). */
export const org: Readonly<Record<string, Command>> = {
  add: {
    usage: 'NAME',
    summary: { en: 'add an organisation', ja: '団体を登録する' },
    words: [1, 1],
    run: async ({ words, connection }) => ({ item: await (await connection.administration()).directory.addOrganisation({ name: words[0] ?? '' }) }),
  },
  list: {
    usage: '',
    summary: { en: 'list organisations', ja: '団体の一覧' },
    run: async ({ connection }) => ({ items: await (await connection.administration()).directory.listOrganisations() }),
  },
};

/** Departments (部署) and their tree. */
export const unit: Readonly<Record<string, Command>> = {
  add: {
    usage: 'NAME [--parent UNIT] [--organisation ORGANISATION]',
    summary: { en: 'add a unit', ja: '部署を登録する' },
    options: { ...ORGANISATION, parent: { type: 'string' } },
    words: [1, 1],
    async run({ words, values, connection }) {
      const administration = await connection.administration();
      const find = createFind(administration, connection.language);
      const { id: organisationId } = await find.organisation(values.text('organisation'));
      const parent = values.text('parent');
      const parentId = parent === undefined ? undefined : (await find.unit(organisationId, parent)).id;
      return { item: await administration.directory.addUnit({ organisationId, name: words[0] ?? '', ...(parentId !== undefined && { parentId }) }) };
    },
  },
  list: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'list units', ja: '部署の一覧' },
    options: ORGANISATION,
    async run({ values, connection }) {
      const administration = await connection.administration();
      const { id: organisationId } = await createFind(administration, connection.language).organisation(values.text('organisation'));
      return { items: withPaths(await administration.directory.listUnits({ organisationId })) };
    },
  },
};
