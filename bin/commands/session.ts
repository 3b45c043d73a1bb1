import { beginningOf, daysAfter } from '../../broker/telework/japan-time.ts';
import type { SessionFilter, SessionListed, TimelineEvent } from '../../broker/port.ts';
import type { Call, Command, Item } from '../command.ts';
import { UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION, required } from './options.ts';

const STATES = ['live', 'past', 'refused'] as const;
const OUTCOMES = ['admit', 'wait', 'refuse'] as const;
const MOST = 10_000;
const PAGE = 200;
const TEXT = { type: 'string' } as const;

/** Sessions of an organisation, and requests that let nobody in. */
export const session: Readonly<Record<string, Command>> = {
  list: {
    usage: '[--state live|past|refused] [--user USERNAME] [--desktop NAME] [--duty DUTY] [--unit UNIT] [--from TIME] [--to TIME] [--outcome admit|wait|refuse] [--reason REASON] [--limit N] [--organisation ORGANISATION]',
    summary: { en: 'list sessions and refused requests, newest first', ja: '接続と拒否された要求の一覧（新しい順）' },
    options: { ...ORGANISATION, state: TEXT, user: TEXT, desktop: TEXT, duty: TEXT, unit: TEXT, from: TEXT, to: TEXT, outcome: TEXT, reason: TEXT, limit: TEXT },
    async run(call) {
      const limit = Number(call.values.text('limit') ?? '50');
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new UsageError(`--limit: 1-${MOST}`);
      const { sessions, organisationId, filter } = await filterOf(call);
      const items: SessionListed[] = [];
      for (let cursor: string | null | undefined; cursor !== null && items.length < limit; ) {
        const page: Awaited<ReturnType<typeof sessions.list>> = await sessions.list({ organisationId, filter, limit: Math.min(PAGE, limit - items.length), ...(cursor !== undefined && { cursor }) });
        items.push(...page.items);
        cursor = page.next;
      }
      return { items: items.map(listed) };
    },
  },
  show: {
    usage: 'SESSION [--organisation ORGANISATION]',
    summary: { en: 'show what the audit trail tells of a session', ja: '接続について監査証跡が示す出来事' },
    options: ORGANISATION,
    words: [1, 1],
    async run(call) {
      const { sessions, organisationId } = await open(call);
      const { events } = await sessions.show({ organisationId, sessionId: call.words[0] ?? '' });
      return { items: events.map(told) };
    },
  },
  end: {
    usage: 'SESSION --reason REASON [--organisation ORGANISATION]',
    summary: { en: 'end a session at once', ja: '接続を直ちに終える' },
    options: { ...ORGANISATION, reason: TEXT },
    words: [1, 1],
    async run(call) {
      const reason = required(call.values.text('reason'), '--reason');
      const { sessions, organisationId } = await open(call);
      await sessions.end({ organisationId, sessionId: call.words[0] ?? '', reason });
      return { done: true };
    },
  },
};

async function open({ connection, values }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const { id: organisationId } = await find.organisation(values.text('organisation'));
  return { sessions: administration.sessions, organisationId, find };
}

async function filterOf(call: Call) {
  const { values } = call;
  const [state, outcome, user, desktop, duty, unit, reason] = (['state', 'outcome', 'user', 'desktop', 'duty', 'unit', 'reason'] as const).map((name) => values.text(name));
  const [from, to] = [timeOf(values.text('from'), '--from', 0), timeOf(values.text('to'), '--to', 1)];
  const { sessions, organisationId, find } = await open(call);
  const filter: SessionFilter = {
    ...(state !== undefined && { state: oneOf(STATES, state, '--state') }),
    ...(outcome !== undefined && { outcome: oneOf(OUTCOMES, outcome, '--outcome') }),
    ...(user !== undefined && { person: user }),
    ...(desktop !== undefined && { desktop }),
    ...(duty !== undefined && { dutyId: (await find.duty(organisationId, duty)).id }),
    ...(unit !== undefined && { unitId: (await find.unit(organisationId, unit)).id }),
    ...(from && { from }),
    ...(to && { to }),
    ...(reason !== undefined && { reason }),
  };
  return { sessions, organisationId, filter };
}

/** A day in Japan, whole, or an ISO 8601 time with its zone. */
function timeOf(text: string | undefined, option: string, daysOn: number): Date | undefined {
  if (text === undefined) return undefined;
  const day = beginningOf(text);
  if (day !== undefined) return daysAfter(day, daysOn);
  const at = new Date(/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new UsageError(`${option}: 2026-11-24 | 2026-11-24T13:05:00+09:00`);
  return at;
}

function listed({ id, at, state, person, unit, desktop, duty, site, address, level, connectedAt, endedAt, endedBecause, reasons, refusedChannels }: SessionListed): Item {
  return {
    id,
    at: at.toISOString(),
    state,
    username: person.username,
    displayName: person.displayName,
    unit: unit.name,
    desktop: desktop?.name ?? null,
    duty: duty?.name ?? null,
    site,
    address,
    level,
    connectedAt: connectedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    because: endedBecause ?? (reasons.length === 0 ? null : reasons.join(', ')),
    refusedChannels,
  };
}

function told({ at, code, event, actor, fields, lane, sequence }: TimelineEvent): Item {
  const shown = Object.entries(fields).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return { at: at.toISOString(), code, event, actor: actor.displayName ?? actor.kind, fields: Object.fromEntries(shown), lane, sequence };
}
