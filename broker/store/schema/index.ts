import type { AuditTables } from './audit.ts';
import type { BypassTables } from './bypasses.ts';
import type { ContinuityTables } from './continuity.ts';
import type { DeviceTables } from './devices.ts';
import type { DrillTables } from './drills.ts';
import type { LeaseTables } from './leases.ts';
import type { OrganisationTables } from './organisations.ts';
import type { OversightTables } from './oversight.ts';
import type { ProviderTables } from './providers.ts';
import type { SignInTables } from './sign-ins.ts';

/** Every table, as the migrations leave it. */
export type Schema = OrganisationTables & SignInTables & AuditTables & LeaseTables & ContinuityTables & OversightTables & DrillTables & ProviderTables & BypassTables & DeviceTables;
