import * as crypto from 'node:crypto';
import { readConfig, SettingsWrong, type Config } from './config.ts';
import { createLog, type Log } from './log/index.ts';

/** What a start gives back: where it is reached, what to tell whoever watches, and how to end it. */
export type Running = { readonly origin: string; readonly notices: readonly string[]; stop(): Promise<void> };

/** A stop that takes longer is cut short, in milliseconds. */
const LONGEST_STOP = 10_000;
const OLDEST_NODE = 24;

/**
 * Runs the product as a process: settings, signals, exit codes. 1: it could not start, the reason is on standard error;
 * 0: it was asked to stop and did.
 */
export async function runProgram(start: (config: Config, log: Log) => Promise<Running>): Promise<void> {
  let log: Log | undefined;
  try {
    requireRuntime(process.versions.node, crypto);
    const config = readConfig();
    log = createLog({ level: config.logLevel });
    for (const setting of config.unknownSettings) log.warn('there is no such setting', { setting });
    await live(start(config, log), log);
  } catch (error) {
    if (error instanceof SettingsWrong || !log) say(error instanceof Error ? error.message : String(error));
    else log.error('the gateway could not start', { error });
    process.exit(1);
  }
}

/** @throws Error where the runtime is too old to keep what is promised about passwords */
export function requireRuntime(version: string, { argon2 }: { readonly argon2?: unknown }): void {
  if (Number(version.split('.')[0]) < OLDEST_NODE || typeof argon2 !== 'function') {
    throw new Error(`Sekisho needs Node.js ${OLDEST_NODE} or newer with argon2; this is ${version}. \`npm ci\` brings a fitting one, and \`npm start\` uses it.`);
  }
}

/** A signal during the start counts too: what was begun is ended in order. */
async function live(starting: Promise<Running>, log: Log): Promise<void> {
  const asked = new Promise<{ why: string; exitCode: number }>((decide) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => decide({ why: signal, exitCode: 0 }));
    process.on('uncaughtException', (error) => {
      log.error('a fault that nobody handled: the gateway stops', { error });
      decide({ why: 'fault', exitCode: 1 });
    });
  });
  const running = await starting;
  for (const notice of running.notices) say(notice);
  log.info('the gateway is ready', { publicUrl: running.origin, pid: process.pid });

  const { why, exitCode } = await asked;
  log.info('the gateway stops', { signal: why });
  setTimeout(() => {
    log.error('the stop took too long and was cut short');
    process.exit(1);
  }, LONGEST_STOP).unref();
  await running.stop();
  process.exit(exitCode);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
