export { createDesktopsAdmin, type DesktopRecord, type DesktopsAdmin, type NewDesktop } from './admin.ts';
export { openCredentials, type StoredCredentials } from './credentials.ts';
export { createDesktops } from './desktops.ts';
export { createReachability, type Reachability } from './reachability.ts';
