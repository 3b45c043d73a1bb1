import type { Code, ContinuityEvent, Delegation, DeputyEnd, DevicePurpose, Help, ImportKind, Language, LeaseView, Level, MarkKind, PriorityClass, Protocol, RelayEnd, Role, SignInEnd, Site, WaitEndedBecause, Zone } from '../port.ts';
import { constructors } from './constructors.ts';
import { bestEffort, enforced, lengthOnly, maybe, open, personal } from './event.ts';

/** What every event of a change of level has. */
const levelChange = {
  changeId: open(),
  number: open<number>(),
  level: open<Level>(),
  until: maybe(open()),
  event: maybe(open<ContinuityEvent>()),
  onset: maybe(open()),
  reason: open(),
};

/**
 * Everything that the audit trail can tell, one constructor an event: `events.leaseGranted({ actor, organisationId, leaseId, … })`.
 * A number is never given twice, not even after its event is gone. Credentials, one-time codes, secrets of authenticators,
 * tokens and keys typed in a session have no field here, and a field that is not here is not kept.
 */
export const CATALOGUE = {
  // 10xx: organisations and people
  organisationAdded: enforced('SKA-1001', { name: open() }),
  unitAdded: enforced('SKA-1002', { unitId: open(), parentId: maybe(open()), name: open() }),
  personAdded: enforced('SKA-1003', { personId: open(), unitId: open(), username: personal(), displayName: personal() }),
  personDisabled: enforced('SKA-1004', { personId: open() }),
  personEnabled: enforced('SKA-1005', { personId: open() }),
  /** `unitId`: for this unit and below; otherwise for the whole organisation. `provider`: the identity provider whose claims gave it, by its id in policy. */
  roleGranted: enforced('SKA-1006', { personId: open(), role: open<Role>(), unitId: maybe(open()), provider: maybe(open()) }),
  dutyAdded: enforced('SKA-1007', { dutyId: open(), name: open(), class: open<PriorityClass>(), zone: open<Zone>(), targetSeconds: maybe(open<number>()) }),
  dutyAssigned: enforced('SKA-1008', { dutyId: open(), personId: open() }),
  dutyUnassigned: enforced('SKA-1009', { dutyId: open(), personId: open() }),
  invitationIssued: enforced('SKA-1010', { invitationId: open(), personId: open(), expiresAt: open() }),
  invitationRedeemed: enforced('SKA-1011', { invitationId: open(), personId: open() }),
  /** An administrator let an account that had too many failures be tried again. */
  failuresForgotten: enforced('SKA-1012', { personId: open() }),
  /** `provider`: whose claims had given it. */
  roleRevoked: enforced('SKA-1013', { personId: open(), role: open<Role>(), unitId: maybe(open()), provider: maybe(open()) }),
  /** What is new; what stayed is absent. */
  personChanged: enforced('SKA-1014', { personId: open(), unitId: maybe(open()), language: maybe(open<Language>()), displayName: maybe(personal()) }),
  /** As above. `targetSeconds` null: the target time of its class. */
  dutyChanged: enforced('SKA-1015', { dutyId: open(), name: maybe(open()), class: maybe(open<PriorityClass>()), zone: maybe(open<Zone>()), targetSeconds: maybe(open<number | null>()) }),
  dutyRetired: enforced('SKA-1016', { dutyId: open() }),
  /** `file` is the SHA-256 of its text in UTF-8, in hexadecimal. What it did to each is told beside. */
  importApplied: enforced('SKA-1017', { kind: open<ImportKind>(), file: open(), rows: open<number>(), added: open<number>(), changed: open<number>(), unchanged: open<number>() }),
  /** In the columns of an import; every person or desktop that the reader may see. */
  directoryExported: enforced('SKA-1018', { kind: open<ImportKind>() }),

  // 11xx: identity providers
  /** `why` is one of broker/identity/oidc/reasons.ts; where `count` sums up several, the most frequent. */
  providerSignInRefused: enforced('SKA-1101', { provider: open(), why: open(), count: open<number>(), byWhy: maybe(open<Readonly<Record<string, number>>>()), subject: maybe(personal()), userAgent: maybe(personal()) }),
  /** From now on this subject is this person. */
  providerLinked: enforced('SKA-1102', { personId: open(), provider: open(), issuer: open(), subject: personal(), by: open<'claim' | 'creation'>() }),
  /** `done`: its word stands for the second factor as well. */
  providerAccepted: enforced('SKA-1103', { provider: open(), next: open<'totp' | 'passkey' | 'enrol' | 'done'>() }),
  /** The provider ended a session of its own. */
  providerSignedOut: enforced('SKA-1104', { provider: open(), ended: open<number>() }),
  /** The password was right, and is not the way in. */
  localSignInRefused: enforced('SKA-1105', { why: open<'provider-required' | 'provider-down'>() }),
  /** `expected`: from now on an identity provider may link the account, or no more. */
  providerNameChanged: enforced('SKA-1106', { personId: open(), expected: open<boolean>() }),
  providerUnlinked: enforced('SKA-1107', { personId: open(), issuer: open(), subject: personal() }),
  /** A claim asks for a role that excludes one that the person holds. */
  providerRoleNotGiven: enforced('SKA-1108', { personId: open(), provider: open(), role: open<Role>(), excludedBy: open<Role>() }),

  // 1141 on: the shelter bypass. Kept for five years, as activations are. `shelter` is the evacuation site, `reachedBy` how the manager was reached.
  bypassIssued: enforced('SKA-1141', { bypassId: open(), personId: open(), shelter: open(), voucherId: open(), reachedBy: personal(), reason: open(), closesAt: open() }),
  bypassApproved: enforced('SKA-1142', { bypassId: open(), personId: open(), issuedBy: open(), voucherId: open(), deputyshipId: maybe(open()), redeemUntil: open() }),
  bypassUsed: enforced('SKA-1143', { bypassId: open(), personId: open(), issuedBy: open(), approvedBy: open(), voucherId: open(), site: open<Site>(), expiresAt: open() }),
  /** Withdrawn before it was used, or the sign-in ended with it. */
  bypassEnded: enforced('SKA-1144', { bypassId: open(), personId: open(), reason: open() }),
  bypassRefused: enforced('SKA-1145', { act: open<'issue' | 'approve' | 'use' | 'end'>(), bypassId: maybe(open()), personId: maybe(open()), refusal: open<Code>() }),

  // 1146 on: registered devices
  deviceAsked: enforced('SKA-1146', { deviceId: open(), personId: open(), name: personal() }),
  deviceApproved: enforced('SKA-1147', { deviceId: open(), personId: open(), until: open() }),
  /** With the sessions on it and the sign-ins that were proved on it. */
  deviceEnded: enforced('SKA-1148', { deviceId: open(), personId: open(), reason: open() }),
  /** This sign-in is on that device. */
  deviceProved: enforced('SKA-1149', { deviceId: open() }),
  deviceProofRefused: enforced('SKA-1150', { deviceId: open(), purpose: open<DevicePurpose>() }),
  deviceRefused: enforced('SKA-1151', { act: open<'approve' | 'end'>(), deviceId: open(), refusal: open<Code>() }),

  // 20xx: sign-in
  passwordAccepted: enforced('SKA-2001', { next: open<'totp' | 'passkey' | 'enrol'>() }),
  /** `count` is above 1 where noise of one address was counted for a minute. A name nobody bears may be a password in the wrong field. */
  signInRefused: enforced('SKA-2002', {
    why: open<'wrong-password' | 'unknown-user' | 'wrong-code' | 'used-code' | 'throttled' | 'account-disabled'>(),
    count: open<number>(),
    /** Where `count` sums up several: how many of each; `why` is the most frequent. */
    byWhy: maybe(open<Readonly<Record<string, number>>>()),
    /** The person whose account was tried, where there is one. Who tried is not known. */
    account: maybe(open()),
    username: maybe(lengthOnly()),
    userAgent: maybe(personal()),
  }),
  signInCompleted: enforced('SKA-2003', { factors: open<readonly string[]>(), userAgent: maybe(personal()), knownBrowser: open<boolean>() }),
  authenticatorEnrolled: enforced('SKA-2004', { authenticatorId: open(), kind: open<'totp'>() }),
  signedOut: enforced('SKA-2005', { signInId: open(), why: open<SignInEnd>() }),
  usedCodeReplayed: enforced('SKA-2006', { authenticatorId: open(), step: maybe(open<number>()) }),
  /** Within a complete sign-in, before something that asks for a fresh second factor. */
  factorProvedAgain: enforced('SKA-2007', { factor: open<'totp' | 'passkey'>(), /** The passkey's id where it is one. */ authenticatorId: open() }),
  /** Somebody signed in asked for what no role of theirs allows; once a minute, person and route. */
  callForbidden: bestEffort('SKA-2008', { method: open(), route: open(), userAgent: maybe(personal()) }),

  // 1121 on: second factors
  authenticatorRemoved: enforced('SKA-1121', { authenticatorId: open() }),
  /** `voided`: how many of the codes before had not been used. */
  recoveryCodesIssued: enforced('SKA-1122', { count: open<number>(), voided: open<number>() }),
  recoveryCodeUsed: enforced('SKA-1123', { codeId: open(), left: open<number>() }),
  usedRecoveryCodeReplayed: enforced('SKA-1124', { codeId: open() }),
  /** An administrator vouched for the person in a sign-in by recovery code, which may change factors now. */
  personReproved: enforced('SKA-1125', { personId: open(), ofSignInId: open(), reason: open(), until: open() }),

  /** This process's clock is not believed any more: one-time codes are refused. Seconds; behind is below 0. */
  serverClockDoubted: bestEffort('SKA-1126', { why: open<'jumped' | 'apart-from-database' | 'without-source'>(), secondsFromDatabase: maybe(open<number>()) }),
  serverClockTrusted: bestEffort('SKA-1127', { secondsFromDatabase: maybe(open<number>()) }),
  /** `synced`: whoever makes it keeps it in several devices. */
  passkeyRegistered: enforced('SKA-1128', { passkeyId: open(), synced: open<boolean>(), userVerified: open<boolean>() }),
  passkeyRemoved: enforced('SKA-1129', { passkeyId: open() }),
  /** `account`: whose account was tried. */
  passkeyRefused: enforced('SKA-1130', { account: open(), passkeyId: maybe(open()), why: open<'unknown' | 'another-persons' | 'not-verified' | 'stopped'>(), userAgent: maybe(personal()) }),
  /** Its counter went back: there may be a copy. */
  passkeyStopped: enforced('SKA-1131', { passkeyId: open(), counter: open<number>() }),

  // 30xx: desktops
  desktopAdded: enforced('SKA-3001', { desktopId: open(), name: open(), protocol: open<Protocol>(), host: open(), port: open<number>(), kind: maybe(open<'exclusive' | 'multi-session'>()), sessions: maybe(open<number>()) }),
  desktopDisabled: enforced('SKA-3002', { desktopId: open() }),
  desktopEnabled: enforced('SKA-3003', { desktopId: open() }),
  desktopAssigned: enforced('SKA-3004', { desktopId: open(), personId: open() }),
  desktopUnassigned: enforced('SKA-3005', { desktopId: open(), personId: open() }),
  desktopCredentialsStored: enforced('SKA-3006', { desktopId: open(), keyId: maybe(open()) }),
  desktopCertificateAccepted: enforced('SKA-3007', { desktopId: open(), accepted: open<'any' | 'pinned'>(), fingerprint: maybe(open()) }),

  poolAdded: enforced('SKA-3008', { poolId: open(), name: open(), logIn: open<'personal' | 'shared'>(), cleanUp: open<'none' | 'proved'>(), seats: maybe(open<number>()) }),
  /** What is new about it; `seats` null: no longer limited. */
  poolChanged: enforced('SKA-3009', {
    poolId: open(),
    name: maybe(open()),
    logIn: maybe(open<'personal' | 'shared'>()),
    cleanUp: maybe(open<'none' | 'proved'>()),
    seats: maybe(open<number | null>()),
    status: maybe(open<'active' | 'disabled'>()),
  }),
  /** To a person, or to everybody of a unit and below. */
  poolAssigned: enforced('SKA-3010', { poolId: open(), personId: maybe(open()), unitId: maybe(open()) }),
  poolUnassigned: enforced('SKA-3011', { poolId: open(), personId: maybe(open()), unitId: maybe(open()) }),
  /** Into a pool, or out of any (null). */
  desktopPooled: enforced('SKA-3012', { desktopId: open(), poolId: open<string | null>(), from: open<string | null>() }),
  /** What is new about it. `logIn`: what was stored for it is gone, and everybody types their own. */
  desktopChanged: enforced('SKA-3013', {
    desktopId: open(),
    host: maybe(open()),
    port: maybe(open<number>()),
    kind: maybe(open<'exclusive' | 'multi-session'>()),
    sessions: maybe(open<number>()),
    weight: maybe(open<number>()),
    logIn: maybe(open<'ask'>()),
  }),

  // 40xx: admission and leases
  /** `inputs` are the facts that the rules saw: identifiers, states, counts. */
  admissionDecided: enforced('SKA-4001', {
    /** In admission_decision. */
    decisionId: maybe(open()),
    /** The lease that was granted, given again or claimed. */
    leaseId: maybe(open()),
    decision: open<'admit' | 'wait' | 'refuse'>(),
    reasons: open<readonly Code[]>(),
    /** What the person was told would work instead, the nearest first. */
    help: maybe(open<readonly Help['kind'][]>()),
    inputs: open<AdmissionInputs>(),
    policyVersion: open(),
  }),
  leaseGranted: enforced('SKA-4002', { leaseId: open(), personId: open(), desktopId: open(), dutyId: open(), site: open<Site>(), expiresAt: open(), /** The My Number exception that it rests on. */ exceptionId: maybe(open()), /** The registered device that it was asked for on. */ deviceId: maybe(open()) }),
  leaseActivated: enforced('SKA-4003', { leaseId: open(), relayId: open(), /** The registered device that was proved for it. */ deviceId: maybe(open()) }),
  leaseConnected: enforced('SKA-4004', { leaseId: open(), relayId: open() }),
  leaseParked: enforced('SKA-4005', { leaseId: open(), relayId: maybe(open()), until: maybe(open()) }),
  leaseEnded: enforced('SKA-4006', { leaseId: open(), why: open<NonNullable<LeaseView['endedBecause']>>(), relayId: maybe(open()), relay: maybe(open<RelayFigures>()) }),

  /** The OS session of a person on a desktop: it lives on after the lease. */
  residualBegan: enforced('SKA-4007', { residualId: open(), desktopId: open(), personId: open(), leaseId: open() }),
  /** `reason`: of the administrator who answers for it. */
  residualEnded: enforced('SKA-4008', { residualId: open(), desktopId: open(), personId: open(), why: open<'cleaned-up' | 'logged-off' | 'ended-by-administrator'>(), reason: maybe(open()) }),
  /** It may not go on and ends then. */
  leaseClosing: enforced('SKA-4009', { leaseId: open(), why: open<NonNullable<LeaseView['endedBecause']>>(), until: open() }),
  /** It was closing and may go on. */
  leaseKept: enforced('SKA-4010', { leaseId: open() }),

  // 42xx: the queue and preemption
  /** `afterLeaseId`: the lease that yielded, to whose person it is given. */
  placeTaken: enforced('SKA-4201', { waitingId: open(), personId: open(), dutyId: open(), desktopId: maybe(open()), poolId: maybe(open()), reasons: open<readonly Code[]>(), afterLeaseId: maybe(open()) }),
  placeEnded: enforced('SKA-4202', { waitingId: open(), personId: open(), why: open<WaitEndedBecause>(), leaseId: maybe(open()) }),
  /** A less urgent session has to yield its seat. `inputs`: what the choice rested on. */
  yieldNoticed: enforced('SKA-4203', { preemptionId: open(), leaseId: open(), waitingId: open(), class: open<PriorityClass>(), forClass: open<PriorityClass>(), until: open(), inputs: open<AdmissionInputs>(), policyVersion: open() }),
  yieldExtended: enforced('SKA-4204', { preemptionId: open(), leaseId: open(), until: open(), reason: open() }),
  /** Nobody needs the seat any more. */
  yieldWithdrawn: enforced('SKA-4205', { leaseId: open(), waitingId: open() }),

  // 41xx: the relay and its channel guard
  relayRefused: bestEffort('SKA-4101', { refusal: open<Code>(), leaseId: maybe(open()), userAgent: maybe(personal()) }),
  channelsRefused: enforced('SKA-4102', { leaseId: open(), relayId: open(), refused: open<RelayEnd['refused']>() }),
  unknownOpcode: bestEffort('SKA-4103', { leaseId: open(), opcode: open() }),

  // 50xx: the continuity level. `number` counts the organisation's changes; `until` is when the level falls by itself.
  levelProposed: enforced('SKA-5001', { proposalId: open(), level: open<Level>(), event: open<ContinuityEvent>(), onset: open(), reason: open(), until: open(), closesAt: open(), /** The proposal that it takes the place of. */ supersedes: maybe(open()) }),
  /** `deputyshipId`: by the right of that deputyship, and not of a role. */
  levelApproved: enforced('SKA-5002', { proposalId: open(), proposedBy: open(), deputyshipId: maybe(open()), ...levelChange }),
  /** For the classes P0 to P2, on the proposer's word alone; `baseLevel` for all others. */
  levelRaisedProvisionally: enforced('SKA-5003', { proposalId: open(), baseLevel: open<Level>(), ...levelChange }),
  /** `actedBy`: in whose name, where the command line did it. */
  levelTightened: enforced('SKA-5004', { from: open<Level>(), actedBy: maybe(open()), ...levelChange }),
  levelFell: enforced('SKA-5005', { from: open<Level>(), ...levelChange }),
  /** Nobody approved a provisional level in time. */
  levelReverted: enforced('SKA-5006', { from: open<Level>(), ...levelChange }),
  proposalWithdrawn: enforced('SKA-5007', { proposalId: open(), level: open<Level>(), proposedBy: open() }),
  levelWillFall: enforced('SKA-5008', { number: open<number>(), level: open<Level>(), to: open<Level>(), until: open(), secondsBefore: open<number>() }),
  /** Somebody tried to approve what they may not: an own proposal, one that is closed or that another approval came before, or without the right by then. */
  approvalRefused: enforced('SKA-5010', { proposalId: open(), refusal: open<Code>() }),
  /** A row of the database gives a level that nobody may have given. It counts for nothing: level 0 holds. */
  levelUnjustified: bestEffort('SKA-5009', { changeId: open(), number: open<number>(), level: open<Level>(), how: open() }),

  /** Its time has come since the onset; those who do it were told. */
  dutyDue: enforced('SKA-5031', { dutyId: open(), duty: open(), class: open<PriorityClass>(), dueAt: open() }),

  // 51xx: drills (訓練). Nothing in them touches a lease, a seat or the level in force.
  drillStarted: enforced('SKA-5101', { drillId: open(), drill: open(), event: open<ContinuityEvent>(), level: open<Level>(), seats: open<number>(), pace: open<number>(), turnout: open<number>(), asksWithin: open<number>(), until: open(), policyVersion: open() }),
  drillLevelChanged: enforced('SKA-5102', { drillId: open(), level: open<Level>() }),
  drillEnded: enforced('SKA-5103', { drillId: open(), why: open<'ended' | 'over'>(), people: open<number>(), metTarget: open<number>() }),
  /** Somebody takes part, or may not; decided as a real request would be at the drill's level. */
  drillAsked: enforced('SKA-5104', { drillId: open(), dutyId: open(), outcome: open<'admit' | 'wait' | 'refuse'>(), reasons: open<readonly Code[]>(), inputs: open<AdmissionInputs>(), policyVersion: open() }),
  drillLeft: enforced('SKA-5105', { drillId: open() }),
  // 5011 on: who stands in for the authority, and exceptions. `people` are in order.
  orderProposed: enforced('SKA-5011', { orderId: open(), people: open<readonly string[]>(), reason: open(), closesAt: open() }),
  orderApproved: enforced('SKA-5012', { orderId: open(), number: open<number>(), people: open<readonly string[]>(), proposedBy: open() }),
  orderWithdrawn: enforced('SKA-5013', { orderId: open(), proposedBy: open() }),
  /** `absent`: whose return ends it. */
  deputyBegan: enforced('SKA-5014', { deputyshipId: open(), deputyId: open(), how: open<'handed-over' | 'declared'>(), absent: open<readonly string[]>(), reason: open(), until: open() }),
  deputyEnded: enforced('SKA-5015', { deputyshipId: open(), deputyId: open(), why: open<DeputyEnd>() }),
  /** Somebody tried what they may not. `aboutId`: an order, a deputyship, an exception or a person. */
  successionRefused: enforced('SKA-5016', { act: open<'propose-order' | 'approve-order' | 'withdraw-order' | 'hand-over' | 'declare' | 'end-deputyship'>(), aboutId: maybe(open()), refusal: open<Code>() }),
  /** Nothing was written: this process's clock is not that of the database, or runs behind what is written already. Seconds; behind is below 0. */
  clockUntrusted: bestEffort('SKA-5017', { secondsFromDatabase: maybe(open<number>()), secondsFromLastChange: maybe(open<number>()) }),
  exceptionAsked: enforced('SKA-5018', { exceptionId: open(), personId: open(), dutyId: open(), seconds: open<number>(), reason: open(), closesAt: open() }),
  exceptionAgreed: enforced('SKA-5019', { exceptionId: open(), personId: open(), dutyId: open(), askedBy: open(), deputyshipId: maybe(open()), until: open() }),
  exceptionEnded: enforced('SKA-5020', { exceptionId: open(), personId: open(), dutyId: open(), reason: open() }),
  exceptionRefused: enforced('SKA-5021', { act: open<'ask' | 'agree' | 'end'>(), exceptionId: maybe(open()), refusal: open<Code>() }),

  // 60xx: oversight. `filters` are those that were set; `person` is a name that was looked for.
  sessionsViewed: enforced('SKA-6001', { filters: open<Readonly<Record<string, string>>>(), person: maybe(personal()), rows: open<number>() }),
  /** `sessionId` is a lease's, or a decision's where there is no lease. */
  timelineViewed: enforced('SKA-6002', { sessionId: open() }),
  /** `complete`: it was read to its end; otherwise `rows` had been given out when the reader went away. */
  sessionsExported: enforced('SKA-6003', { filters: open<Readonly<Record<string, string>>>(), person: maybe(personal()), rows: open<number>(), complete: open<boolean>() }),
  sessionEndedByOfficer: enforced('SKA-6004', { leaseId: open(), reason: open() }),
  /** Nobody of the unit or the organisation enters from here on. */
  everybodyEnded: enforced('SKA-6005', { stopId: open(), unitId: maybe(open()), reason: open() }),
  entryReleaseAsked: enforced('SKA-6006', { stopId: open(), unitId: maybe(open()), reason: open() }),
  entryReleased: enforced('SKA-6007', { stopId: open(), unitId: maybe(open()), askedBy: open() }),

  // 61xx: the telework record. What is derived from sessions follows from their events.
  teleworkMarked: enforced('SKA-6101', { markId: open(), kind: open<MarkKind>() }),
  unitTeleworkViewed: enforced('SKA-6102', { from: open(), to: open(), unitId: maybe(open()), rows: open<number>() }),
  unitTeleworkExported: enforced('SKA-6103', { from: open(), to: open(), unitId: maybe(open()), rows: open<number>() }),

  // 70xx: duties of people and the rules of telework. `digest` is the SHA-256 of the text that was shown.
  rulesAcknowledged: enforced('SKA-7001', { version: open(), digest: open(), policyVersion: open() }),
  /** `personId` handed it to `delegateId`, or whoever acts did it for them. */
  dutyDelegated: enforced('SKA-7002', { delegationId: open(), dutyId: open(), personId: open(), delegateId: open(), beginsAt: open(), endsAt: open(), reason: open() }),
  delegationEnded: enforced('SKA-7003', { delegationId: open(), dutyId: open(), personId: open(), delegateId: open(), why: open<NonNullable<Delegation['endedBecause']>>() }),
  /** Loaned staff: the account ends by itself. `from`: the municipality or unit. */
  personLoaned: enforced('SKA-7010', { personId: open(), from: open(), endsAt: open() }),
  personTermChanged: enforced('SKA-7011', { personId: open(), from: open(), endsAt: open(), reason: open() }),
  personTermNear: enforced('SKA-7012', { personId: open(), endsAt: open(), secondsBefore: open<number>() }),
  /** With sign-ins, sessions and roles. */
  personTermOver: enforced('SKA-7013', { personId: open(), endsAt: open() }),

  // 80xx: the gateway
  gatewayStarted: bestEffort('SKA-8001', { gateway: open(), version: open() }),
  gatewayStopped: bestEffort('SKA-8002', { gateway: open(), why: open() }),
  policyLoaded: enforced('SKA-8003', { version: open() }),

  // 90xx: the trail itself
  /** The first checkpoint that a gateway signs in its life; the others stand in the heads files and in audit_checkpoint. */
  checkpointSigned: enforced('SKA-9001', { number: open<number>(), hash: open(), keyId: open(), gateway: open() }),
  trailVerified: bestEffort('SKA-9002', { intact: open<boolean>(), records: open<number>(), findings: open<readonly string[]>(), throughCheckpoint: maybe(open<number>()) }),
  trailExported: enforced('SKA-9003', { records: open<number>() }),
} as const;

export const events = constructors(CATALOGUE);

/** Flat on purpose: a fact that needs a structure needs a name of its own. */
export type AdmissionInputs = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type RelayFigures = Pick<RelayEnd, 'cause' | 'status' | 'connectedSeconds' | 'bytesToBrowser' | 'bytesFromBrowser'>;
