import { CODES, type Code } from '../../../broker/codes.ts';
import type { Drill, OpenSignIn, Problem } from '../../../gateway/http/schemas/index.ts';
import { administration, withoutIds } from './administration.ts';
import { bypassCode } from './bypass.ts';
import { duties } from './duties.ts';
import { factors, recoveryCodes } from './factors.ts';
import { oversight } from './oversight.ts';
import { ids, leaseOn, type Refused, type Scene } from './scene.ts';

export type Answer = { readonly status: number; readonly body?: unknown };
type Handler = (scene: Scene, body: Record<string, unknown>, id: string) => Answer;

/** The password and the code that the double takes for right. */
export const right = { password: 'correct horse battery', code: '246810' } as const;
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const ok = (body: unknown): Answer => ({ status: 200, body });
const nothing: Answer = { status: 204 };

const secondFactors = Object.fromEntries(
  Object.entries(factors).map(([call, handle]): [string, Handler] => [
    call,
    (scene, body, id) => {
      const given = handle(scene, body, id);
      return 'code' in given ? refusal({ code: given.code }) : given;
    },
  ]),
);

const handlers: Readonly<Record<string, Handler>> = {
  ...secondFactors,
  'POST /api/sign-in': (scene, { password }) => {
    if (password !== right.password) return refusal({ code: 'credentials-wrong' });
    scene.pending = 'totp';
    return ok({ next: 'totp', ways: scene.factors.ways });
  },
  'POST /api/sign-in/totp': (scene, { code }) => withCode(scene, code),
  'GET /api/sign-in/providers': (scene) => ok(scene.providers),
  // Its page is not of this origin in earnest; here it sends the browser back at once.
  'POST /api/sign-in/provider': (_scene, { provider }) => ok({ location: `/sign-in/provider/${String(provider)}?code=made-up&state=made-up` }),
  'POST /api/sign-in/provider/answer': (scene) => {
    if (scene.providerAnswer === 'complete') {
      scene.signedIn = true;
      return ok({ user: { ...scene.user, method: 'oidc' }, returnTo: '/duties' });
    }
    scene.pending = 'totp';
    return ok({ next: 'totp', returnTo: '/' });
  },
  'POST /api/sign-in/recovery-code': (scene, { code }) => withCode(scene, code === recoveryCodes[0] ? right.code : '', 'recovery-code-wrong'),
  'POST /api/sign-in/bypass': (scene, { code }) => {
    if (code !== bypassCode) return refusal({ code: 'bypass-code-wrong' });
    scene.user = { ...scene.user, method: 'bypass', expiresAt: new Date(Date.now() + 8 * 3_600_000).toISOString() };
    scene.signedIn = true;
    return ok({ user: scene.user });
  },
  'GET /api/sign-in/enrolment': () => ok({ secret, otpauthUri: `otpauth://totp/Sekisho:hanako.t?secret=${secret}&issuer=Sekisho&algorithm=SHA1&digits=6&period=30` }),
  'POST /api/sign-in/enrolment': (scene, { code }) => withCode(scene, code),
  'POST /api/invitations/view': (scene, { token }) => (token === '-' ? refusal({ code: 'invitation-invalid' }) : ok(scene.invitation)),
  'POST /api/invitations/redeem': (scene) => {
    scene.pending = 'enrol';
    return ok({ next: 'enrol', ways: [] });
  },
  'POST /api/sign-out': (scene) => {
    scene.signedIn = false;
    return nothing;
  },
  'GET /api/me': (scene) => ok(scene.user),
  'POST /api/me/step-up': (scene, { code }) => (code === right.code ? ((scene.factors.fresh = true), ok({ freshUntil: new Date(Date.now() + 300_000).toISOString() })) : refusal({ code: 'one-time-code-wrong' })),
  'PUT /api/me/language': (scene, { language }) => {
    scene.user = { ...scene.user, language: language === 'en' ? 'en' : 'ja' };
    return nothing;
  },
  'GET /api/desktops': (scene) => ok({ items: scene.desktops, next: null }),
  'GET /api/pools': (scene) => ok({ items: scene.pools, next: null }),
  'GET /api/telework': (scene) => ok(scene.telework),
  'POST /api/telework/marks': (scene, { kind }) => {
    scene.telework = { ...scene.telework, state: kind === 'end' ? 'off' : kind === 'pause' ? 'paused' : 'working', since: new Date().toISOString() };
    return ok(scene.telework);
  },
  ...oversight,
  ...duties,
  'POST /api/leases': (scene, { desktopId, poolId, credentials }) => {
    const desktop = scene.desktops.find(({ id }) => id === (poolId === undefined ? desktopId : ids.ownPc));
    if (desktop === undefined) return refusal({ code: 'desktop-unknown', reasons: ['desktop-unknown'] });
    const [place] = scene.waiting;
    if (scene.full && place !== undefined) return { status: 202, body: place };
    if (desktop.credentials === 'ask' && credentials === undefined) return refusal({ code: 'desktop-credentials-required', reasons: ['desktop-credentials-required'] });
    const own = scene.leases.get(desktop.leaseId ?? '');
    const lease = own === undefined || own.state === 'ended' ? leaseOn(desktop.id, desktop.name) : own;
    scene.leases.set(lease.id, lease);
    if (credentials !== undefined) scene.credentialsGiven.add(lease.id);
    return { status: 201, body: lease };
  },
  'GET /api/leases/': (scene, _body, id) => {
    const lease = scene.leases.get(id);
    return lease === undefined ? refusal({ code: 'lease-unknown' }) : ok(lease);
  },
  'DELETE /api/leases/': (scene, _body, id) => {
    const lease = scene.leases.get(id);
    if (lease === undefined) return refusal({ code: 'lease-unknown' });
    scene.leases.set(id, { ...lease, state: 'ended', endedAt: new Date().toISOString(), endedBecause: 'ended-by-owner' });
    return nothing;
  },
  'GET /api/waiting': (scene) => ok({ items: scene.waiting, next: null }),
  'DELETE /api/waiting/': (scene, _body, id) => {
    scene.waiting = scene.waiting.map((place) => (place.id === id ? { ...place, state: 'ended', endedBecause: 'left', endedAt: new Date().toISOString() } : place));
    return nothing;
  },
  'GET /api/board': (scene) => (scene.board === undefined ? refusal({ code: 'policy-missing' }) : ok(scene.board)),
  'GET /api/me/phases': (scene) => ok({ items: scene.phases, next: null }),
  'GET /api/drill': (scene) => ok({ ...(scene.drill && { drill: scene.drill }) }),
  'POST /api/drills/*/part': (scene, body) => {
    if (scene.drill === undefined) return refusal({ code: 'drill-over' });
    const duty = scene.user.duties.find(({ id }) => id === body['dutyId']) ?? scene.user.duties[0]!;
    scene.drill = { ...scene.drill, part: { state: 'waiting', dutyId: duty.id, dutyName: duty.name, class: duty.class, displaced: 0, reasons: [] } };
    return ok({ drill: scene.drill });
  },
  'DELETE /api/drills/*/part': (scene) => {
    if (scene.drill?.part === undefined) return refusal({ code: 'drill-over' });
    scene.drill = { ...scene.drill, part: { ...scene.drill.part, state: 'left' } };
    return ok({ drill: scene.drill });
  },
  'GET /api/drills': (scene) => ok({ items: scene.drills, next: null }),
  'GET /api/drills/': (scene, _body, id) => {
    const found = scene.drills.find((drill) => drill.id === id);
    return found === undefined ? refusal({ code: 'not-found' }) : ok(found);
  },
  'GET /api/drills/*/board': (scene) => (scene.drillBoard === undefined ? refusal({ code: 'not-found' }) : ok(scene.drillBoard)),
  'POST /api/drills': (scene, body) => {
    const { minutes, ...given } = body;
    const begun = { ...given, id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0509', levelNow: body['level'], startedAt: new Date().toISOString(), startedBy: scene.user.displayName, endsAt: new Date(Date.now() + Number(minutes) * 60_000).toISOString(), tookPart: 0 } as Drill;
    scene.drills = [begun, ...scene.drills];
    return { status: 201, body: begun };
  },
  'POST /api/drills/*/level': (scene, body) => {
    scene.drills = scene.drills.map((drill) => (drill.endedAt === undefined ? { ...drill, levelNow: body['level'] as Drill['level'] } : drill));
    return ok(scene.drills[0]!);
  },
  'POST /api/drills/*/end': (scene) => {
    scene.drills = scene.drills.map((drill) => (drill.endedAt === undefined ? { ...drill, endedAt: new Date().toISOString(), endedBecause: 'ended', result: { elapsed: 60, people: 0, mostTaken: 0, mostWaiting: 0, preemptions: 0, metTarget: 1, duties: [] } } : drill));
    return ok(scene.drills[0]!);
  },
  'POST /api/leases/*/extension': (scene) => {
    const lease = scene.leases.get(ids.openLease)!;
    const { extensionSeconds: _, ...extended } = { ...lease, closingAt: new Date(Date.parse(lease.closingAt ?? '') + 180_000).toISOString() };
    scene.leases.set(lease.id, extended);
    return ok(extended);
  },
  'GET /api/me/sign-ins': (scene) => ok({ items: scene.signIns, next: null }),
  'GET /api/me/sign-ins/open': (scene) => ok({ items: openOf(scene) }),
  'DELETE /api/me/sign-ins/others': (scene) => {
    const others = openOf(scene).filter(({ current }) => !current).map(({ id }) => id);
    scene.signIns = scene.signIns.map((signIn) => (others.includes(signIn.id) ? { ...signIn, endedAt: new Date().toISOString(), endedBecause: 'by-owner-elsewhere' } : signIn));
    return ok({ ended: others.length });
  },
  'DELETE /api/me/sign-ins': (scene) => {
    scene.signedIn = false;
    return nothing;
  },
  'DELETE /api/me/sign-ins/': (scene, _body, id) => {
    scene.signIns = scene.signIns.map((signIn) => (signIn.id === id ? { ...signIn, endedAt: new Date().toISOString() } : signIn));
    return nothing;
  },
};

/** Those that stand, as the gateway would tell of them. */
function openOf(scene: Scene): OpenSignIn[] {
  return scene.signIns
    .filter(({ outcome, endedAt }) => outcome === 'complete' && endedAt === undefined)
    .map(({ id, at, address, userAgent, current, site, method = 'password-totp' }) => ({ id, at, address, userAgent, current, method, lastSeenAt: at, expiresAt: scene.user.expiresAt, ...(site !== undefined && { site }) }));
}

/** Answers one call as the HTTP contract has it. */
export function answer(scene: Scene, call: string, body: Record<string, unknown>, query = new URLSearchParams()): Answer {
  scene.calls.push({ call, body, query: query.toString() });
  const [, pattern = call, id = ''] = /^(.*\/)([0-9a-f-]{36})$/u.exec(call) ?? [];
  const refusing = [pattern, withoutIds(call)].find((one) => scene.refusals.has(one));
  const refused = refusing === undefined ? undefined : scene.refusals.get(refusing);
  if (refusing !== undefined && refused !== undefined) {
    scene.refusals.delete(refusing);
    return refusal(refused);
  }
  const handler = handlers[pattern] ?? handlers[withoutIds(call)] ?? ((): Answer => administration(scene.office, call, body, query) ?? refusal({ code: 'not-found' }));
  const isPublic = call.includes('/sign-in') && !call.includes('/me/') ? true : call.includes('/invitations/');
  return isPublic || scene.signedIn ? handler(scene, body, id) : refusal({ code: 'sign-in-required' });
}

function withCode(scene: Scene, code: unknown, wrong: Code = 'one-time-code-wrong'): Answer {
  if (scene.pending === 'none') return refusal({ code: 'sign-in-required' });
  if (code !== right.code) return refusal({ code: wrong });
  scene.signedIn = true;
  scene.pending = 'none';
  return ok({ user: scene.user });
}

function refusal({ code, reasons, help, ended, before, retryAfterSeconds, clockDrift }: Refused): Answer {
  const problem: Problem = {
    type: `urn:sekisho:${code}`,
    title: code,
    status: CODES[code].http,
    detail: code,
    code,
    support: CODES[code].support,
    ...(reasons && { reasons: reasons.map((reason: Code) => ({ code: reason, support: CODES[reason].support, text: reason })) }),
    ...(help && { help }),
    ...(ended && { ended }),
    ...(before !== undefined && { before }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(clockDrift && { clockDrift }),
  };
  return { status: problem.status, body: problem };
}
