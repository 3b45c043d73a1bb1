import { at, delegation } from './duties-scene.ts';
import type { Scene } from './scene.ts';

type Answer = { readonly status: number; readonly body?: unknown };
const ok = (body: unknown): Answer => ({ status: 200, body });
type Handler = (scene: Scene, body: Record<string, unknown>, id: string) => Answer;

function handOver(scene: Scene, body: Record<string, unknown>): Answer {
  const to = scene.duties.delegates.find((one) => one.id === body['toPersonId']);
  const made = delegation({ ...(to && { to }), reason: String(body['reason']), endsAt: String(body['endsAt']) });
  scene.duties.delegations = [made, ...scene.duties.delegations.filter(({ id: other }) => other !== made.id)];
  scene.duties.own = { ...scene.duties.own, duties: scene.duties.own.duties.map((duty) => (duty.id === body['dutyId'] ? { ...duty, handedTo: [{ delegationId: made.id, displayName: made.to.displayName, from: made.beginsAt, until: made.endsAt }] } : duty)) };
  return { status: 201, body: made };
}

function end(scene: Scene): Answer {
  const ended = delegation({ state: 'ended', endedAt: at(0), endedBecause: 'revoked' });
  scene.duties.delegations = scene.duties.delegations.map((one) => (one.id === ended.id ? ended : one));
  scene.duties.own = { ...scene.duties.own, duties: scene.duties.own.duties.map((duty) => ({ ...duty, handedTo: [] })) };
  return ok(ended);
}

export const duties: Readonly<Record<string, Handler>> = {
  'GET /api/me/duties': (scene) => ok(scene.duties.own),
  'POST /api/me/acknowledgement': (scene) => {
    const { rules, duties: own } = scene.duties.own;
    scene.duties.own = { ...scene.duties.own, ...(rules && { rules: { ...rules, acknowledgedAt: at(0) } }), duties: own.map((duty) => ({ ...duty, reasons: duty.reasons.filter((reason) => reason !== 'acknowledgement-required') })) };
    return ok(scene.duties.own);
  },
  'GET /api/me/delegations': (scene) => ok({ items: scene.duties.delegations, next: null }),
  'GET /api/me/delegates': (scene) => ok({ items: scene.duties.delegates, next: null }),
  'POST /api/me/delegations': handOver,
  'POST /api/me/delegations/*/end': end,
  'GET /api/delegations': (scene) => ok({ items: scene.duties.delegations, next: null }),
  'GET /api/delegates': (scene) => ok({ items: scene.duties.delegates, next: null }),
  'POST /api/delegations': handOver,
  'POST /api/delegations/*/end': end,
  'GET /api/acknowledgements': (scene) => ok({ ...scene.duties.acknowledgements, next: null }),
};
