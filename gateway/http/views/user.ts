import { ACTIONS, asOf, may, type Action, type LevelInForce, type SignedIn } from '../../../broker/port.ts';
import { LevelInForce as LevelSchema, type User } from '../schemas/index.ts';
import { view } from '../view.ts';

export function userView(person: SignedIn, level: LevelInForce, now: Date): User {
  const holder = asOf(person, now);
  return {
    id: person.personId,
    username: person.username,
    displayName: person.displayName,
    organisation: person.organisationName,
    unit: person.unitName,
    unitId: person.unitId,
    language: person.language,
    roles: [...person.roles],
    may: (Object.keys(ACTIONS) as Action[]).filter((action) => may(holder, action)),
    duties: person.duties.map(({ id, name, class: priorityClass, zone }) => ({ id, name, class: priorityClass, zone })),
    level: view(LevelSchema, level),
    signedInAt: person.since.toISOString(),
    provedAt: person.provedAt.toISOString(),
    method: person.method,
    expiresAt: person.expiresAt.toISOString(),
    idleSeconds: person.idleSeconds,
    warnSeconds: person.warnSeconds,
    ...(person.previousSignIn && { previousSignIn: { at: person.previousSignIn.at.toISOString(), address: person.previousSignIn.address, method: person.previousSignIn.method } }),
  };
}
