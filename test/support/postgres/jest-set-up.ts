import { keepSharedServer } from './shared.ts';

/** Jest's `globalSetup`: where test files ask for the PostgreSQL that they share. */
export default async function setUp(): Promise<void> {
  Object.assign(globalThis, { endSharedServer: await keepSharedServer() });
}
