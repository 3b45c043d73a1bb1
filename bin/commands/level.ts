import { createPolicySource } from '../../broker/policy/index.ts';
import type { Level, LevelChange, LevelInForce } from '../../broker/port.ts';
import type { Call, Command, Item } from '../command.ts';
import { CannotBeDone, UsageError } from '../errors.ts';
import { createFind } from '../find.ts';
import { oneOf, ORGANISATION, required } from './options.ts';

const LEVELS: readonly Level[] = ['0', '1', '2', '3', 'R'];
const MOST = 200;

/** The continuity level (継続レベル): the command line looks and tightens. */
export const level: Readonly<Record<string, Command>> = {
  show: {
    usage: '[--organisation ORGANISATION]',
    summary: { en: 'show the continuity level that holds', ja: '現在の継続レベルを表示する' },
    options: ORGANISATION,
    async run(call) {
      const { levels, organisation } = await open(call);
      return { item: { organisation: organisation.name, ...inForce(await levels.show(organisation.id)) } };
    },
  },
  history: {
    usage: `[--limit 1-${MOST}] [--organisation ORGANISATION]`,
    summary: { en: 'list the changes of level, newest first', ja: '継続レベルの変更履歴（新しい順）' },
    options: { ...ORGANISATION, limit: { type: 'string' } },
    async run(call) {
      const limit = Number(call.values.text('limit') ?? '20');
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new UsageError(`--limit: 1-${MOST}`);
      const { levels, organisation } = await open(call);
      const { items } = await levels.history({ organisationId: organisation.id, limit });
      return { items: items.map(changed) };
    },
  },
  tighten: {
    usage: '0|1|2|R --reason REASON --as USERNAME [--organisation ORGANISATION]',
    summary: { en: 'lower the level at once, in the name of a person who may', ja: '権限のある人の名で、継続レベルを直ちに下げる' },
    options: { ...ORGANISATION, reason: { type: 'string' }, as: { type: 'string' } },
    words: [1, 1],
    async run(call) {
      const asked = oneOf(LEVELS, call.words[0], 'LEVEL');
      const reason = required(call.values.text('reason'), '--reason');
      const username = required(call.values.text('as'), '--as');
      const { levels, organisation, find } = await open(call);
      const person = await find.person(username);
      return { item: { organisation: organisation.name, ...inForce(await levels.tighten({ organisationId: organisation.id, level: asked, reason, personId: person.id })) } };
    },
  },
  propose: twoPeople('propose'),
  approve: twoPeople('approve'),
};

async function open({ connection, values }: Call) {
  const administration = await connection.administration();
  const find = createFind(administration, connection.language);
  const organisation = await find.organisation(values.text('organisation'));
  // What the gateways have on the trail already is not told again by a command.
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const policy = createPolicySource({ directory: connection.config().policyDirectory, onLoaded: () => Promise.resolve(), log });
  return { levels: administration.levels(policy), organisation, find };
}

/** There so that whoever looks for it is told why it cannot be. */
function twoPeople(verb: 'propose' | 'approve'): Command {
  return {
    usage: '',
    summary: { en: `not here: raising takes two people who have signed in (${verb})`, ja: `ここではできません。引き上げにはサインインした二人が必要です（${verb}）` },
    words: [0, 10],
    run({ connection }) {
      throw new CannotBeDone(
        {
          en: 'Not done: raising the level takes two people, each signed in with a fresh second factor. Whoever has a shell on the server has proved neither. One proposes and another approves in the browser; where no approver can be reached, the proposer alone can raise it for two hours.',
          ja: '実行しませんでした。継続レベルの引き上げには、二要素認証を済ませた別々の二人が必要です。サーバーの操作だけでは本人確認になりません。ブラウザーで一人が申請し、もう一人が承認してください。承認者と連絡が取れないときは、申請者だけで 2 時間に限り緊急発動できます。',
        }[connection.language],
      );
    },
  };
}

function inForce({ number, level: standing, since, until, provisional, event, onset, reason }: LevelInForce): Item {
  return {
    level: standing,
    number,
    since: text(since),
    until: text(until),
    provisionalLevel: provisional?.level ?? null,
    provisionalUntil: text(provisional?.until),
    event: event ?? null,
    onset: text(onset),
    reason: reason ?? null,
  };
}

function changed({ number, level: to, baseLevel, how, since, until, event, reason, proposedBy, approvedBy, actedBy }: LevelChange): Item {
  return { number, level: to, baseLevel, how, since: text(since), until: text(until), event: event ?? null, proposedBy: proposedBy ?? null, approvedBy, actedBy: actedBy ?? null, reason };
}

const text = (time: Date | undefined): string | null => time?.toISOString() ?? null;
