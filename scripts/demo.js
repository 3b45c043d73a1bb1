// `npm run demo`: sets up what is missing, then starts the whole product beside a small office of real desktops.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDebian } from './setup/ensure-debian.js';
import { ensurePackages } from './setup/ensure-packages.js';
import { ensureWebClient } from './setup/ensure-web-client.js';
import { projectNode, root } from './setup/place.js';
import { createProgress, orExit } from './setup/progress.js';

await orExit(async () => {
  const progress = createProgress(4);
  await ensurePackages(progress);
  await ensureDebian(progress, { browser: false });
  await ensureWebClient(progress);
  progress.step('starting PostgreSQL, guacd, two desktops and the product');
  const child = spawn(projectNode, [join(root, 'scripts', 'demo', 'main.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  // The demo ends in order on either; this process waits for it. Ctrl-C reaches it by itself.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((done) => child.once('close', (code) => done(code ?? 1)));
});
