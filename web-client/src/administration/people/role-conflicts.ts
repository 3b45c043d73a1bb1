import type { RoleGrant } from '../../../../gateway/http/schemas/index.ts';

export type Role = RoleGrant['role'];
export const roles = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'] as const satisfies readonly Role[];

/** Roles that nobody holds together: who sets the product up does not check it, who proposes does not approve. */
const pairs: readonly (readonly [Role, Role])[] = [
  ['system-admin', 'security-officer'],
  ['system-admin', 'auditor'],
  ['bcp-admin', 'activation-authority'],
];

/** Those of the held roles that exclude another one. */
export function conflictsWith(role: Role, held: readonly Role[]): readonly Role[] {
  return held.filter((other) => pairs.some(([one, two]) => (one === role && two === other) || (two === role && one === other)));
}
