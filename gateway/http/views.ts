/** How the broker's objects look on the wire: instants as text, nothing that the schemas do not name. */
import type { DesktopView, LeaseView, SignedIn, SignInRecord } from '../../broker/port.ts';
import type { Desktop, Lease, SignIn, User } from './schemas.ts';

export function userView(person: SignedIn): User {
  return {
    id: person.personId,
    username: person.username,
    displayName: person.displayName,
    organisation: person.organisationName,
    unit: person.unitName,
    language: person.language,
    roles: [...person.roles],
    duties: person.duties.map(({ id, name, class: priorityClass, zone }) => ({ id, name, class: priorityClass, zone })),
    level: { value: 0 },
    signedInAt: person.since.toISOString(),
    expiresAt: person.expiresAt.toISOString(),
    ...(person.previousSignIn && { previousSignIn: { at: person.previousSignIn.at.toISOString(), address: person.previousSignIn.address } }),
  };
}

export function signInView(record: SignInRecord): SignIn {
  return {
    id: record.id,
    at: record.at.toISOString(),
    address: record.address,
    userAgent: record.userAgent,
    outcome: record.outcome,
    current: record.current,
    ...(record.endedAt && { endedAt: record.endedAt.toISOString() }),
  };
}

export function desktopView(desktop: DesktopView): Desktop {
  return {
    id: desktop.id,
    name: desktop.name,
    protocol: desktop.protocol,
    state: desktop.state,
    credentials: desktop.credentials,
    ...(desktop.leaseId !== undefined && { leaseId: desktop.leaseId }),
    ...(desktop.checkedAt && { checkedAt: desktop.checkedAt.toISOString() }),
  };
}

export function leaseView(lease: LeaseView): Lease {
  return {
    id: lease.id,
    state: lease.state,
    desktopId: lease.desktopId,
    desktopName: lease.desktopName,
    protocol: lease.protocol,
    dutyName: lease.dutyName,
    site: lease.site,
    grantedAt: lease.grantedAt.toISOString(),
    expiresAt: lease.expiresAt.toISOString(),
    ...(lease.endedAt && { endedAt: lease.endedAt.toISOString() }),
    ...(lease.endedBecause && { endedBecause: lease.endedBecause }),
    relay: `/relay/${lease.id}`,
  };
}
