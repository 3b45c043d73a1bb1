import type { Board, Desktop, Drill, DutyPhaseList, Help, Invitation, Lease, OwnTelework, PoolView, Problem, ProviderList, RunningDrill, SignIn, User, Waiting } from '../../../gateway/http/schemas/index.ts';
import type { Code } from '../../../broker/codes.ts';
import { factorsScene, type FactorsScene } from './factors.ts';
import type { SignInEnd } from '../../../broker/port.ts';
import { dutiesScene, type DutiesScene } from './duties-scene.ts';
import { administeredOffice, type AdministeredOffice } from './administered-office.ts';

/** What the double's office looks like now. A test changes it as it goes. */
export type Scene = {
  user: User;
  /** Somebody is signed in. */
  signedIn: boolean;
  pending: 'none' | 'totp' | 'enrol';
  desktops: Desktop[];
  pools: PoolView[];
  telework: OwnTelework;
  leases: Map<string, Lease>;
  /** Places in the queue, the newest first. */
  waiting: Waiting[];
  /** What the situation board shows. */
  board?: Board;
  /** Of the person's duties. */
  phases: DutyPhaseList['items'];
  /** The drill that is under way, as the person sees it. */
  drill?: NonNullable<RunningDrill['drill']>;
  /** Every drill, as those who run it see them, newest first. */
  drills: Drill[];
  drillBoard?: Board;
  /** The next request finds no seat, and gets the first place of {@link waiting}. */
  full: boolean;
  signIns: SignIn[];
  invitation: Invitation;
  duties: DutiesScene;
  factors: FactorsScene;
  /** What those who administer it see. */
  office: AdministeredOffice;
  /** Identity providers of the sign-in page. */
  providers: ProviderList;
  /** What comes of an answer that a provider sent the browser back with. */
  providerAnswer: 'complete' | 'totp';
  /** The next call of this kind (`POST /api/leases`) is refused so, once. */
  refusals: Map<string, Refused>;
  /** Leases whose next relay finds the credentials that its desktop asks for. */
  credentialsGiven: Set<string>;
  /** Every relay is refused, as by an admission that no longer holds. */
  refusesRelays: boolean;
  calls: { call: string; body: Record<string, unknown>; query: string }[];
};
export type Refused = { code: Code; reasons?: Code[]; help?: Help[]; retryAfterSeconds?: number; clockDrift?: NonNullable<Problem['clockDrift']>; ended?: SignInEnd; before?: number };

export const ids = {
  person: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0001',
  counter: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0011',
  disaster: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0012',
  ownPc: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0021',
  mapPc: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0022',
  sharedPc: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0023',
  offPc: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0024',
  oldPc: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0025',
  unit: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0051',
  pool: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0061',
  lease: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0031',
  openLease: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0032',
} as const;

const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0';
const pad = 'Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

/** A member of a town hall's staff at home on an ordinary morning, with five desktops in every state there is. */
export function officeScene(): Scene {
  const leases = new Map([[ids.openLease, leaseOn(ids.mapPc, '都市計画図 端末', ids.openLease, 'active')]]);
  return {
    user: {
      id: ids.person,
      username: 'hanako.t',
      displayName: '高橋 花子',
      organisation: 'みどり市',
      unit: '総務部 防災課',
      language: 'ja',
      roles: ['staff'],
      duties: [
        { id: ids.counter, name: '窓口事務', class: 'P2', zone: 'lgwan' },
        { id: ids.disaster, name: '災害対策本部', class: 'P0', zone: 'internet' },
      ],
      unitId: ids.unit,
      may: ['desktops.use', 'telework.mark'],
      level: { number: 0, level: '0' },
      provedAt: minutesFromNow(0),
      method: 'password-totp',
      signedInAt: minutesFromNow(0),
      expiresAt: minutesFromNow(600),
      idleSeconds: 3_600,
      warnSeconds: 300,
      previousSignIn: { at: minutesFromNow(-60 * 15), address: '192.0.2.24', method: 'password-totp' },
    },
    signedIn: false,
    pending: 'none',
    desktops: [
      { id: ids.ownPc, name: '防災課 自席パソコン', protocol: 'rdp', state: 'ready', credentials: 'stored', checkedAt: minutesFromNow(0) },
      { id: ids.mapPc, name: '都市計画図 端末', protocol: 'vnc', state: 'in-use-by-me', credentials: 'stored', leaseId: ids.openLease, checkedAt: minutesFromNow(0) },
      { id: ids.sharedPc, name: '会議室 共用パソコン', protocol: 'rdp', state: 'in-use', credentials: 'ask', checkedAt: minutesFromNow(0) },
      { id: ids.offPc, name: '分庁舎 予備機', protocol: 'rdp', state: 'unreachable', credentials: 'ask', checkedAt: minutesFromNow(0) },
      { id: ids.oldPc, name: '旧・総務パソコン', protocol: 'vnc', state: 'disabled', credentials: 'stored', checkedAt: minutesFromNow(0) },
    ],
    pools: [],
    telework: {
      state: 'off',
      days: [
        {
          day: new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10),
          marks: [
            { kind: 'start', at: minutesFromNow(-300), source: 'derived' },
            { kind: 'pause', at: minutesFromNow(-120), source: 'person' },
            { kind: 'resume', at: minutesFromNow(-60), source: 'person' },
            { kind: 'end', at: minutesFromNow(-5), source: 'person' },
          ],
          workedSeconds: 14_100,
          pausedSeconds: 3_600,
          connectedSeconds: 13_020,
        },
      ],
    },
    leases,
    phases: [],
    drills: [],
    waiting: [],
    full: false,
    signIns: [
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0041', at: minutesFromNow(-3), address: '192.0.2.24', userAgent: edge, outcome: 'complete', current: true, site: 'home', method: 'password-totp' },
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0042', at: minutesFromNow(-50), address: '2001:db8::8a2e:370:7334', userAgent: pad, outcome: 'complete', current: false, site: 'evacuation-site', method: 'password-recovery' },
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0043', at: minutesFromNow(-700), address: '203.0.113.77', userAgent: 'curl/8.5.0', outcome: 'wrong-password', current: false },
      { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0044', at: minutesFromNow(-900), address: '192.0.2.24', userAgent: edge, outcome: 'complete', current: false, site: 'office', method: 'password-totp', endedAt: minutesFromNow(-480), endedBecause: 'idle' },
    ],
    invitation: { displayName: '高橋 花子', username: 'hanako.t' },
    duties: dutiesScene(),
    factors: factorsScene(),
    office: administeredOffice(),
    providers: { items: [], next: null, required: false },
    providerAnswer: 'totp',
    refusals: new Map(),
    credentialsGiven: new Set(),
    refusesRelays: false,
    calls: [],
  };
}

export function leaseOn(desktopId: string, desktopName: string, id: string = ids.lease, state: Lease['state'] = 'granted'): Lease {
  return {
    id,
    state,
    desktopId,
    desktopName,
    protocol: 'rdp',
    dutyId: ids.counter,
    dutyName: '窓口事務',
    site: 'home',
    grantedAt: minutesFromNow(0),
    expiresAt: minutesFromNow(452),
    relay: `/relay/${id}`,
  };
}
