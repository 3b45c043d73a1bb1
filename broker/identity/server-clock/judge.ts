/**
 * Whether the clock of this machine can be believed: one-time codes are made from the time, and whoever sets the clock chooses which
 * of them are good.
 */

/** Milliseconds. `monotonic` counts on while the machine sleeps and is never set. `database`: undefined where it did not answer. */
export type Sample = { readonly wall: number; readonly monotonic: number; readonly database: number | undefined; readonly source: TimeSourceState };
/** What the machine's time service says. Where there is none, nothing is known, and that counts for the clock. */
export type TimeSourceState = 'synchronised' | 'unsynchronised' | 'unknown';

/** What a clock was when it was last believed: how far ahead of `monotonic`. `aloneSince`: without its source since then. */
export type Believed = { readonly wall: number; readonly database: number | undefined; readonly at: number; readonly aloneSince: number | undefined };
export type Doubt = 'jumped' | 'apart-from-database' | 'without-source';

/** A code is good for half a minute either way: a sixth of that is no harm. */
const JUMP = 5_000;
const APART = 15_000;
/** What a time service corrects by without a jump (500 ppm). */
const SLEW = 0.0005;

/** @param aloneFor milliseconds that the clock may go without its source */
export function judge(before: Believed | undefined, sample: Sample, aloneFor: number): { readonly believed: Believed; readonly doubt: Doubt | undefined } {
  const { wall, monotonic, database, source } = sample;
  const now = { wall: wall - monotonic, database: database === undefined ? undefined : database - monotonic };
  const aloneSince = source === 'unsynchronised' ? (before?.aloneSince ?? monotonic) : undefined;
  const apart = database !== undefined && Math.abs(wall - database) > APART;

  const most = before === undefined ? 0 : (monotonic - before.at) * SLEW;
  const jumped = before !== undefined && Math.abs(now.wall - before.wall) > JUMP;
  if (jumped && !isConfirmed(before, now, source, apart)) return { believed: { ...before, aloneSince }, doubt: apart ? 'apart-from-database' : 'jumped' };
  const believed: Believed = {
    wall: before === undefined || jumped ? now.wall : before.wall + within(now.wall - before.wall, most),
    database: followed(before?.database, now.database, most),
    at: monotonic,
    aloneSince,
  };
  if (apart) return { believed, doubt: 'apart-from-database' };
  return { believed, doubt: aloneSince !== undefined && monotonic - aloneSince > aloneFor ? 'without-source' : undefined };
}

/** A jump is a correction where the time service stands by it, or a database whose own clock went on evenly. */
function isConfirmed(before: Believed, now: { readonly wall: number; readonly database: number | undefined }, source: TimeSourceState, apart: boolean): boolean {
  if (apart) return false;
  if (source === 'synchronised') return true;
  return now.database !== undefined && before.database !== undefined && Math.abs(now.database - before.database) <= JUMP;
}

/** The database's clock, by no more than it may drift; one that was set itself is taken as it is now. */
function followed(before: number | undefined, now: number | undefined, most: number): number | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  return Math.abs(now - before) > JUMP ? now : before + within(now - before, most);
}

const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
