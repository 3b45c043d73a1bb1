import type { Check } from './check.ts';
import { account } from './checks/account.ts';
import { assignment } from './checks/assignment.ts';
import { credentials } from './checks/credentials.ts';
import { desktopFree } from './checks/desktop-free.ts';
import { desktop } from './checks/desktop.ts';
import { duty } from './checks/duty.ts';
import { lastSeat } from './checks/last-seat.ts';
import { policy } from './checks/policy.ts';
import { zoneAtSite } from './checks/zone-at-site.ts';

/** Admission, whole: every check in the order in which its reason is told. The first that fails is the decisive one. */
export const ADMISSION: readonly Check[] = [policy, account, desktop, assignment, duty, zoneAtSite, desktopFree, lastSeat, credentials];
