import type { Check } from './check.ts';
import { acknowledgement } from './checks/acknowledgement.ts';
import { account } from './checks/account.ts';
import { assignment } from './checks/assignment.ts';
import { bypassClass, bypassSession } from './checks/bypass.ts';
import { classBack } from './checks/class-back.ts';
import { classSuspended } from './checks/class-suspended.ts';
import { credentials } from './checks/credentials.ts';
import { desktopFree } from './checks/desktop-free.ts';
import { desktop } from './checks/desktop.ts';
import { delegation } from './checks/delegation.ts';
import { dutySites } from './checks/duty-sites.ts';
import { duty } from './checks/duty.ts';
import { entry } from './checks/entry.ts';
import { outsideFromLevel } from './checks/outside-from-level.ts';
import { policy } from './checks/policy.ts';
import { pool } from './checks/pool.ts';
import { role } from './checks/role.ts';
import { seats } from './checks/seats.ts';
import { teleworkDays } from './checks/telework-days.ts';
import { teleworkHours } from './checks/telework-hours.ts';
import { teleworkable } from './checks/teleworkable.ts';
import { zoneAtSite } from './checks/zone-at-site.ts';

/** Admission, whole: every check in the order in which its reason is told. The first that fails is the decisive one. */
export const ADMISSION: readonly Check[] = [
  policy,
  account,
  role,
  entry,
  acknowledgement,
  desktop,
  pool,
  assignment,
  duty,
  delegation,
  classSuspended,
  bypassClass,
  teleworkable,
  classBack,
  outsideFromLevel,
  dutySites,
  teleworkHours,
  teleworkDays,
  zoneAtSite,
  bypassSession,
  desktopFree,
  seats,
  credentials,
];
