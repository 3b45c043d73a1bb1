import { dayOf, daysAfter } from '../../broker/telework/japan-time.ts';
import type { UnitDay } from '../../broker/port.ts';
import type { Command, Item } from '../command.ts';
import { createFind } from '../find.ts';
import { ORGANISATION } from './options.ts';

/** The telework record (テレワーク実績). */
export const telework: Readonly<Record<string, Command>> = {
  list: {
    usage: '[--from DAY] [--to DAY] [--unit UNIT] [--organisation ORGANISATION]',
    summary: { en: 'list days of telework, the last seven unless said otherwise', ja: 'テレワーク実績の一覧（指定がなければ直近 7 日）' },
    options: { ...ORGANISATION, from: { type: 'string' }, to: { type: 'string' }, unit: { type: 'string' } },
    async run({ values, connection }) {
      const administration = await connection.administration();
      const find = createFind(administration, connection.language);
      const { id: organisationId } = await find.organisation(values.text('organisation'));
      const unit = values.text('unit');
      const unitId = unit === undefined ? undefined : (await find.unit(organisationId, unit)).id;
      const now = new Date();
      const days = { from: values.text('from') ?? dayOf(daysAfter(now, -6)), to: values.text('to') ?? dayOf(now) };
      return { items: (await administration.telework.list({ organisationId, ...days, ...(unitId !== undefined && { unitId }) })).map(shown) };
    },
  },
};

function shown({ day, person, marks, workedSeconds, pausedSeconds, connectedSeconds }: UnitDay): Item {
  const marked = marks.map(({ kind, at, source }) => `${at.toISOString()} ${kind}${source === 'derived' ? ' (derived)' : ''}`);
  return { day, username: person.username, displayName: person.displayName, unit: person.unitName, workedSeconds, pausedSeconds, connectedSeconds, marks: marked };
}
