import type { AcknowledgementListed, Delegate, Delegation, OwnDuties } from '../../../gateway/http/schemas/index.ts';

/** What the double knows of duties as those see them who do them, and those who look after them. A test changes it as it goes. */
export type DutiesScene = { own: OwnDuties; delegations: Delegation[]; delegates: Delegate[]; acknowledgements: { version: string | null; items: AcknowledgementListed[] } };

const id = (number: number): string => `7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f3${String(number).padStart(3, '0')}`;
export const dutyIds = { counter: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0011', disaster: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0012', registry: id(1), delegation: id(11), yamada: id(21), ito: id(22) } as const;
export const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const RULES = {
  ja: '1. 画面を家族を含む他人に見せません。\n2. 公共の場所では作業しません。\n3. 画面の撮影や書き写しをしません。\n4. 端末を紛失したときは、すぐに情報システム担当に連絡します。',
  en: '1. I show the screen to nobody, my family included.\n2. I do not work in public places.\n3. I neither photograph nor copy what is on the screen.\n4. I tell the system administrator at once if I lose the device.',
};
const digest = 'd'.repeat(64);

export const delegation = (more: Partial<Delegation> = {}): Delegation => ({
  id: dutyIds.delegation,
  duty: { id: dutyIds.counter, name: '窓口事務', class: 'P2', zone: 'lgwan' },
  from: { id: id(31), displayName: '高橋 花子', unitName: '総務部 防災課' },
  to: { id: dutyIds.yamada, displayName: '山田 太郎', unitName: '総務部 防災課' },
  madeBy: '高橋 花子',
  reason: '出張のため',
  madeAt: at(-60),
  beginsAt: at(-60),
  endsAt: at(60 * 24 * 3),
  state: 'running',
  ...more,
});

/** A duty that is free, one that is never done by telework, and one that was handed over; the rules not yet acknowledged. */
export function dutiesScene(): DutiesScene {
  return {
    own: {
      at: at(0),
      site: 'home',
      duties: [
        { id: dutyIds.disaster, name: '災害対策本部', class: 'P0', zone: 'internet', reasons: [], lifted: ['hours'], handedTo: [], days: { week: { used: 2, most: 3 }, month: { used: 7, most: 10 } } },
        { id: dutyIds.counter, name: '窓口事務', class: 'P2', zone: 'lgwan', reasons: ['outside-hours'], lifted: [], opensAt: at(60 * 9), handedTo: [] },
        { id: dutyIds.registry, name: '戸籍の届出', class: 'P2', zone: 'lgwan', reasons: ['duty-not-teleworkable'], lifted: [], notTeleworkable: { ja: '原本を窓口で扱うため。', en: 'It handles originals at the counter.' }, receivedFrom: { delegationId: dutyIds.delegation, displayName: '山田 太郎', until: at(60 * 24) }, handedTo: [] },
      ],
      delegation: { longest: 1_209_600 },
    },
    delegations: [delegation(), delegation({ id: id(12), state: 'ended', endedAt: at(-60 * 24), endedBecause: 'given-back', reason: '研修のため', madeBy: '佐藤 一郎' })],
    delegates: [
      { id: dutyIds.yamada, displayName: '山田 太郎', unitName: '総務部 防災課', duties: [{ id: dutyIds.registry, name: '戸籍の届出', zone: 'lgwan' }] },
      { id: dutyIds.ito, displayName: '伊藤 恵', unitName: '総務部 防災課', duties: [] },
    ],
    acknowledgements: {
      version: '2026-1',
      items: [
        { person: { id: id(31), username: 'hanako.t', displayName: '高橋 花子', unitName: '総務部 防災課' }, acknowledgedAt: at(-60 * 24 * 5) },
        { person: { id: dutyIds.yamada, username: 'yamada.taro', displayName: '山田 太郎', unitName: '総務部 防災課' }, before: { version: '2025-1', at: at(-60 * 24 * 300) } },
      ],
    },
  };
}

export const rulesOf = (more: Partial<NonNullable<OwnDuties['rules']>> = {}): NonNullable<OwnDuties['rules']> => ({ version: '2026-1', digest, text: RULES, lifted: false, ...more });
