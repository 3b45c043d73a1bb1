import { execFile } from 'node:child_process';
import type { TimeSourceState } from './judge.ts';

/** Milliseconds that a time service may take to answer. */
const PATIENCE = 2_000;

/** Asks chrony, then systemd, whichever is there. */
export async function systemTimeSource(): Promise<TimeSourceState> {
  const chrony = readChrony(await output('chronyc', ['-c', 'tracking']));
  if (chrony !== 'unknown') return chrony;
  return readTimedatectl(await output('timedatectl', ['show', '--property=NTP', '--property=NTPSynchronized']));
}

/** `chronyc -c tracking`: the last of its fields is the leap status. */
export function readChrony(text: string): TimeSourceState {
  const status = text.trim().split(',').at(-1);
  if (status === 'Not synchronised') return 'unsynchronised';
  return status === 'Normal' || status === 'Insert second' || status === 'Delete second' ? 'synchronised' : 'unknown';
}

/** Where no time service is meant to run, that it is not synchronised says nothing. */
export function readTimedatectl(text: string): TimeSourceState {
  const said = new Map(text.split('\n').map((line) => line.trim().split('=', 2) as [string, string]));
  if (said.get('NTPSynchronized') === 'yes') return 'synchronised';
  return said.get('NTP') === 'yes' && said.get('NTPSynchronized') === 'no' ? 'unsynchronised' : 'unknown';
}

/** Empty where the program is not there, fails or is silent. */
function output(program: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, [...parameters], { timeout: PATIENCE, windowsHide: true, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } }, (error, stdout) => resolve(error ? '' : stdout));
  });
}
