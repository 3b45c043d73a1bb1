import type { Candidate, ContinuityAct, ExceptionCandidateList, Succession, ZoneException } from '../../../gateway/http/schemas/index.ts';

/** Who stands in for the authority in the double's office, and its My Number exceptions. A test changes it as it goes. */
export type DeputisedOffice = { succession: Succession; candidates: Candidate[]; exceptions: ZoneException[]; exceptionCandidates: ExceptionCandidateList['items']; acts: ContinuityAct[] };

type Answer = { readonly status: number; readonly body?: unknown };
type Call = { readonly office: DeputisedOffice; readonly body: Record<string, unknown>; readonly query: URLSearchParams; readonly ids: readonly string[] };
const ok = (body: unknown): Answer => ({ status: 200, body });
const page = (items: readonly unknown[]): Answer => ok({ items, next: null });
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const id = (number: number): string => `3f6a2b1c-5d47-4e8a-8c21-6b7d9e0f1${String(number).padStart(3, '0')}`;

export const successionIds = { mayor: id(1), deputyMayor: id(2), director: id(3), chief: id(4), order: id(5), deputyship: id(6), exception: id(7), clerk: id(8), duty: id(9) } as const;

const people: Candidate[] = [
  { id: successionIds.deputyMayor, displayName: '中村 副市長', unitName: '市長公室' },
  { id: successionIds.director, displayName: '小林 総務部長', unitName: '総務部' },
  { id: successionIds.chief, displayName: 'ウィリアムズ・アレクサンドラ', unitName: '総務部 危機管理課 防災企画担当' },
];

export function deputyship(change: Partial<NonNullable<Succession['deputyship']>> = {}): NonNullable<Succession['deputyship']> {
  return {
    id: successionIds.deputyship,
    deputy: { id: successionIds.deputyMayor, displayName: '中村 副市長' },
    how: 'declared',
    begunBy: { id: successionIds.deputyMayor, displayName: '中村 副市長' },
    absent: [{ id: successionIds.mayor, displayName: '山本 市長' }],
    reason: '市長と連絡が取れない。',
    since: at(-42),
    until: at(60 * 23 + 18),
    own: false,
    ...change,
  };
}

export function orderProposal(change: Partial<Succession['proposals'][number]> = {}): Succession['proposals'][number] {
  return { id: successionIds.order, people: [people[1]!, people[0]!], reason: '人事異動のため。', proposedBy: { id: successionIds.chief, displayName: '佐藤 一郎' }, proposedAt: at(-20), closesAt: at(60 * 23), own: false, ...change };
}

export function zoneException(change: Partial<ZoneException> = {}): ZoneException {
  return {
    id: successionIds.exception,
    state: 'waiting',
    person: { id: successionIds.clerk, displayName: '高橋 花子', unitName: '市民課' },
    duty: { id: successionIds.duty, name: '罹災証明の発行（住民基本台帳）' },
    seconds: 14_400,
    reason: '罹災証明の申請が集中しているため、代替庁舎で発行する。',
    askedBy: { id: successionIds.chief, displayName: '佐藤 一郎' },
    askedAt: at(-12),
    closesAt: at(60 * 23),
    sessions: 0,
    may: { agree: true, end: true },
    ...change,
  };
}

export function deputisedOffice(): DeputisedOffice {
  return {
    succession: {
      heads: [{ id: successionIds.mayor, displayName: '山本 市長' }],
      order: people,
      proposals: [],
      may: { propose: true, approve: false, handOver: false, declare: false, endDeputyship: false },
      longest: 259_200,
    },
    candidates: [...people, { id: successionIds.clerk, displayName: '高橋 花子', unitName: '市民課' }],
    exceptions: [],
    exceptionCandidates: [{ id: successionIds.clerk, displayName: '高橋 花子', unitName: '市民課', duties: [{ id: successionIds.duty, name: '罹災証明の発行（住民基本台帳）' }] }],
    acts: [
      { id: id(21), kind: 'deputy-expired', at: at(-600), about: '中村 副市長', reason: '出張のため', asDeputy: false },
      { id: id(22), kind: 'exception-agreed', at: at(-800), by: '中村 副市長', about: '高橋 花子', until: at(-560), reason: '罹災証明の発行', asDeputy: true },
      { id: id(23), kind: 'level-changed', at: at(-2010), by: '田中 次郎', level: '2', until: at(2000), reason: '台風10号の接近', asDeputy: false },
      { id: id(24), kind: 'order-approved', at: at(-60 * 24 * 90), by: '山本 市長', about: '佐藤 一郎', reason: '毎年の見直し', asDeputy: false },
    ],
  };
}

/** `*` stands for an id. */
export const successionRoutes: Readonly<Record<string, (call: Call) => Answer>> = {
  'GET /api/succession': ({ office }) => ok(office.succession),
  'GET /api/succession/acts': ({ office }) => page(office.acts),
  'GET /api/succession/candidates': ({ office, query }) => page(office.candidates.filter(({ displayName }) => displayName.includes(query.get('search') ?? ''))),
  'POST /api/succession/orders': ({ office, body }) => {
    const chosen = (body['people'] as string[]).map((one) => office.candidates.find((candidate) => candidate.id === one)!);
    return change(office, { proposals: [orderProposal({ people: chosen, reason: String(body['reason']), own: true })] });
  },
  'POST /api/succession/orders/*/approval': ({ office }) => change(office, { order: office.succession.proposals[0]?.people ?? [], proposals: [] }),
  'DELETE /api/succession/orders/*': ({ office }) => change(office, { proposals: [] }),
  'POST /api/deputyships': ({ office, body }) => {
    const to = office.candidates.find(({ id }) => id === body['deputyId'])!;
    return change(office, { deputyship: deputyship({ how: 'handed-over', deputy: { id: to.id, displayName: to.displayName }, begunBy: { id: successionIds.mayor, displayName: '山本 市長' }, reason: String(body['reason']) }), may: { ...office.succession.may, handOver: false, endDeputyship: true } });
  },
  'POST /api/deputyships/declaration': ({ office, body }) => change(office, { deputyship: deputyship({ own: true, reason: String(body['reason']) }), may: { ...office.succession.may, declare: false, endDeputyship: true } }),
  'POST /api/deputyships/*/end': ({ office }) => {
    const { deputyship: _, ...rest } = office.succession;
    office.succession = { ...rest, may: { ...rest.may, endDeputyship: false } };
    return ok(office.succession);
  },
  'GET /api/exceptions': ({ office, query }) => page(query.get('open') === 'yes' ? office.exceptions.filter(({ state }) => state === 'waiting' || state === 'holds') : office.exceptions),
  'GET /api/exceptions/candidates': ({ office }) => page(office.exceptionCandidates),
  'POST /api/exceptions': ({ office, body }) => {
    const asked = zoneException({ seconds: Number(body['seconds']), reason: String(body['reason']), may: { agree: false, end: true } });
    office.exceptions = [asked, ...office.exceptions];
    return { status: 201, body: asked };
  },
  'POST /api/exceptions/*/agreement': ({ office }) => changeException(office, { state: 'holds', agreedBy: { id: successionIds.mayor, displayName: '山本 市長' }, agreedAt: at(0), asDeputy: false, until: at(240), may: { agree: false, end: true } }),
  'POST /api/exceptions/*/end': ({ office, body }) => changeException(office, { state: 'ended', endedBy: { id: successionIds.mayor, displayName: '山本 市長' }, endedAt: at(0), endReason: String(body['reason']), may: { agree: false, end: false } }),
};

function change(office: DeputisedOffice, to: Partial<Succession>): Answer {
  office.succession = { ...office.succession, ...to };
  return ok(office.succession);
}

function changeException(office: DeputisedOffice, to: Partial<ZoneException>): Answer {
  const [first, ...others] = office.exceptions;
  const changed = { ...first!, ...to };
  office.exceptions = [changed, ...others];
  return ok(changed);
}
