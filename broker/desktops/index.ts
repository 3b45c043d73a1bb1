export { createDesktopsAdmin, type DesktopsAdmin } from './admin.ts';
export { createDesktopAdministration } from './administration.ts';
export { openCredentials, type StoredCredentials } from './credentials.ts';
export { createDesktops } from './desktops.ts';
export { createReachability, type Reachability } from './reachability.ts';
export type { DesktopRecord, NewDesktop } from './record.ts';
