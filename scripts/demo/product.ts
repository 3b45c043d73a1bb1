import { get } from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serve, type Server } from '../parts/keeper/serve.ts';
import type { Log } from '../parts/log.ts';

/** How long the product may take to answer, in milliseconds. */
const START_LIMIT = 60_000;
/** How long it may take to end its sessions, in milliseconds; it cuts itself short before. */
const PATIENCE = 12_000;

/** Starts the product as `npm start` does, with these settings alone, and waits until it is ready. Throws where it ends before. */
export async function startProduct(settings: Readonly<Record<string, string>>, port: number, log: Log): Promise<Server> {
  const main = join(import.meta.dirname, '..', '..', 'gateway', 'main.ts');
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...settings };
  const server = serve(process.execPath, [main], { env, log, patience: PATIENCE });
  try {
    await Promise.race([untilReady(port), server.failed]);
  } catch (cause) {
    await server.end();
    throw new Error('The product did not start', { cause });
  }
  return server;
}

async function untilReady(port: number): Promise<void> {
  const deadline = performance.now() + START_LIMIT;
  while ((await statusOf(port)) !== 200) {
    if (performance.now() > deadline) throw new Error(`not ready after ${START_LIMIT / 1000} s`);
    await pause(100);
  }
}

function statusOf(port: number): Promise<number | undefined> {
  return new Promise((answer) => {
    // Its certificate is of a development CA that this process does not know.
    const request = get({ host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false }, (response) => {
      response.resume();
      answer(response.statusCode);
    });
    request.on('error', () => answer(undefined));
  });
}
