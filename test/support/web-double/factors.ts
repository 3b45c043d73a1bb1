import type { FactorsOfPerson, NextStep, OwnFactors, SecurityNotice, ServerClock, ProviderAccount } from '../../../gateway/http/schemas/index.ts';
import type { Code } from '../../../broker/codes.ts';

/** What the double knows of second factors. */
export type FactorsScene = { own: OwnFactors; ways: NextStep['ways']; notices: SecurityNotice[]; alone: boolean; clock: ServerClock; ofPerson: FactorsOfPerson; provider: ProviderAccount; /** Within a fresh proof. */ fresh: boolean };

const secret = 'NB2W45DFOIZA4TBANB2W45DFOIZA4TBA';
/** The codes that the double issues, and the first of which it takes. */
export const recoveryCodes = ['7K3M-0QZX-VB4T-9HWC', 'P2DA-6RNE-X8JF-41GY', 'M5VS-C0TK-Z7QB-2HXR', 'W9EJ-4FPG-D1NA-8YMC', '3TZR-BK6V-H0XQ-5WSE', 'J8GY-2NDM-7PFC-R4TA', 'X6QK-V1BH-E9SZ-0CWN', '4RMT-G8YJ-A3DP-F7KX', 'C0FS-9WEN-T5VH-6QZB', 'H1PB-D7XG-8MKR-Y2JA'] as const;

export function factorsScene(): FactorsScene {
  return {
    own: { authenticators: [{ id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0a01', name: '', since: '2026-04-01T00:12:00.000Z' }], passkeys: [], passkeysOffered: true, recoveryCodes: null, mayChange: true },
    ways: ['totp'],
    notices: [],
    alone: false,
    clock: { trusted: true, since: '2026-04-01T00:00:00.000Z' },
    ofPerson: { authenticators: 1, passkeys: 0, recoveryCodes: { left: 9, issuedAt: '2026-04-01T00:20:00.000Z' }, recoverySignIns: [{ id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0a31', at: '2026-11-24T01:05:00.000Z', address: '192.0.2.77', userAgent: 'Firefox' }] },
    provider: { name: null, linked: [] },
    fresh: true,
  };
}

type Answer = { readonly status: number; readonly body?: unknown };
type Handler = (scene: { factors: FactorsScene }, body: Record<string, unknown>, id: string) => Answer | { readonly code: Code };
const nothing: Answer = { status: 204 };
const changing = (work: Handler): Handler => (scene, body, id) => (!scene.factors.own.mayChange ? { code: 're-proof-required' } : scene.factors.fresh ? work(scene, body, id) : { code: 'step-up-required' });

/** Of `refusals`: a code stands for the problem document. */
export const factors: Readonly<Record<string, Handler>> = {
  'GET /api/sign-in/passkey-alone': ({ factors: { alone } }) => ({ status: 200, body: { offered: alone } }),
  'GET /api/server-clock': ({ factors: { clock } }) => ({ status: 200, body: clock }),
  'GET /api/me/factors': ({ factors: { own } }) => ({ status: 200, body: own }),
  'POST /api/me/authenticators': changing(() => ({ status: 201, body: { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0a02', secret, otpauthUri: `otpauth://totp/Sekisho:hanako.t?secret=${secret}&issuer=Sekisho&algorithm=SHA1&digits=6&period=30` } })),
  'POST /api/me/authenticators/*/confirmation': changing(({ factors: scene }, { name, code }) => {
    if (code !== '246810') return { code: 'one-time-code-wrong' };
    scene.own = { ...scene.own, authenticators: [...scene.own.authenticators, { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0a02', name: String(name), since: new Date().toISOString() }] };
    return nothing;
  }),
  'DELETE /api/me/authenticators/': changing(({ factors: scene }, _body, id) => {
    const left = scene.own.authenticators.filter((one) => one.id !== id);
    if (left.length === 0) return { code: 'last-factor' };
    scene.own = { ...scene.own, authenticators: left };
    return nothing;
  }),
  'POST /api/me/recovery-codes': changing(({ factors: scene }) => {
    const issuedAt = new Date().toISOString();
    scene.own = { ...scene.own, recoveryCodes: { left: 10, issuedAt } };
    return { status: 201, body: { codes: recoveryCodes, issuedAt } };
  }),
  'GET /api/me/notices': ({ factors: { notices } }) => ({ status: 200, body: { items: notices, next: null } }),
  'POST /api/me/notices/*/reading': ({ factors: scene }) => {
    scene.notices = scene.notices.slice(1);
    return nothing;
  },
  'GET /api/people/*/factors': ({ factors: { ofPerson } }) => ({ status: 200, body: ofPerson }),
  'GET /api/people/*/provider': ({ factors: { provider } }) => ({ status: 200, body: provider }),
  'PUT /api/people/*/provider': ({ factors: scene }, { name }) => {
    scene.provider = { ...scene.provider, name: String(name) };
    return { status: 200, body: scene.provider };
  },
  'DELETE /api/people/*/provider': ({ factors: scene }) => {
    scene.provider = { name: null, linked: [] };
    return { status: 200, body: scene.provider };
  },
  'POST /api/people/*/re-proof': ({ factors: scene }) => {
    const until = new Date(Date.now() + 1_800_000).toISOString();
    scene.ofPerson = { ...scene.ofPerson, recoverySignIns: scene.ofPerson.recoverySignIns.map((signIn) => ({ ...signIn, until })) };
    return { status: 200, body: { until } };
  },
};
