import type { Bypass, BypassCandidates } from '../../../gateway/http/schemas/index.ts';

/** The shelter bypasses of the double's office. A test changes them as it goes. */
export type BypassedOffice = { bypasses: Bypass[]; bypassCandidates: BypassCandidates };

type Answer = { readonly status: number; readonly body?: unknown };
type Call = { readonly office: BypassedOffice; readonly body: Record<string, unknown>; readonly query: URLSearchParams };
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const id = (number: number): string => `7c1f0e52-9a34-4b6d-8e21-5f4c3b2a1${String(number).padStart(3, '0')}`;

export const bypassIds = { bypass: id(1), used: id(2), clerk: id(3), manager: id(4), issuer: id(5), approver: id(6), other: id(7) } as const;
/** The code that the double gives out and takes for right. */
export const bypassCode = '4719306258';

export function bypass(change: Partial<Bypass> = {}): Bypass {
  return {
    id: bypassIds.bypass,
    state: 'waiting',
    person: { id: bypassIds.clerk, displayName: '高橋 花子', unitName: '総務部 危機管理課 防災企画担当' },
    shelter: '第一小学校体育館',
    voucher: { id: bypassIds.manager, displayName: '渡辺 勇' },
    reachedBy: '防災無線 3番',
    reason: '避難のときに携帯電話を失った。災害対策本部の業務に就く。',
    issuedBy: { id: bypassIds.issuer, displayName: '佐藤 一郎' },
    issuedAt: at(-4),
    closesAt: at(26),
    may: { approve: true, end: true },
    ...change,
  };
}

export function bypassedOffice(): BypassedOffice {
  return {
    bypasses: [
      bypass({
        id: bypassIds.used,
        state: 'over',
        person: { id: bypassIds.other, displayName: 'ウィリアムズ・アレクサンドラ', unitName: '市民課' },
        issuedAt: at(-60 * 20),
        approvedBy: { id: bypassIds.approver, displayName: '中村 副市長' },
        approvedAt: at(-60 * 20 + 6),
        asDeputy: true,
        redeemUntil: at(-60 * 20 + 21),
        usedAt: at(-60 * 20 + 11),
        usedFrom: '10.40.7.12',
        until: at(-60 * 12 + 11),
        may: { approve: false, end: false },
      }),
    ],
    bypassCandidates: {
      people: [
        { id: bypassIds.clerk, displayName: '高橋 花子', unitName: '総務部 危機管理課 防災企画担当' },
        { id: bypassIds.other, displayName: 'ウィリアムズ・アレクサンドラ', unitName: '市民課' },
      ],
      vouchers: [{ id: bypassIds.manager, displayName: '渡辺 勇', unitName: '教育委員会 学校教育課' }],
      limits: { redeemWithin: 900, lasts: 28_800, fromLevel: 1 },
    },
  };
}

const OPEN: readonly Bypass['state'][] = ['waiting', 'usable', 'in-use'];

/** `*` stands for an id. */
export const bypassRoutes: Readonly<Record<string, (call: Call) => Answer>> = {
  'GET /api/bypasses': ({ office, query }) => ({ status: 200, body: { items: query.get('open') === 'yes' ? office.bypasses.filter(({ state }) => OPEN.includes(state)) : office.bypasses, next: null } }),
  'GET /api/bypasses/candidates': ({ office, query }) => ({ status: 200, body: { ...office.bypassCandidates, people: office.bypassCandidates.people.filter(({ displayName }) => displayName.includes(query.get('search') ?? '')) } }),
  'POST /api/bypasses': ({ office, body }) => {
    const person = office.bypassCandidates.people.find((one) => one.id === body['personId'])!;
    const issued = bypass({ person, shelter: String(body['shelter']), reachedBy: String(body['reachedBy']), reason: String(body['reason']), may: { approve: false, end: true } });
    office.bypasses = [issued, ...office.bypasses];
    return { status: 201, body: issued };
  },
  'POST /api/bypasses/*/approval': ({ office }) => ({ status: 200, body: { bypass: change(office, { state: 'usable', approvedBy: { id: bypassIds.approver, displayName: '田中 次郎' }, approvedAt: at(0), asDeputy: false, redeemUntil: at(15), may: { approve: false, end: true } }), code: bypassCode } }),
  'POST /api/bypasses/*/end': ({ office, body }) => ({ status: 200, body: change(office, { state: 'ended', endedBy: { id: bypassIds.approver, displayName: '田中 次郎' }, endedAt: at(0), endReason: String(body['reason']), may: { approve: false, end: false } }) }),
};

function change(office: BypassedOffice, to: Partial<Bypass>): Bypass {
  const [first, ...others] = office.bypasses;
  const changed = { ...first!, ...to };
  office.bypasses = [changed, ...others];
  return changed;
}
