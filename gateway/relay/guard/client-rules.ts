import type { RelayLimits } from '../limits.ts';
import { canonicalIntegerText } from '../wire/integer.ts';

/** The arguments of one instruction of the browser as they are written anew, or undefined when it must not pass. */
export type ClientRule = (args: readonly string[]) => readonly number[] | undefined;

export type InputRuleName = 'key' | 'mouse' | 'touch' | 'size' | 'sync' | 'nop' | 'disconnect';

/**
 * What the browser may send: exact number of arguments, each canonical and within bounds.
 * `lastSync` gives the timestamp of the last `sync` that the browser was sent; guacd ends a user who confirms a later one.
 */
export function clientRules(limits: RelayLimits, lastSync: () => number, touch: boolean): ReadonlyMap<string, ClientRule> {
  const side = between(limits.minSidePixels, limits.maxSidePixels);
  const withoutDpi = exactly(side, side);
  const withDpi = exactly(side, side, between(limits.minDpi, limits.maxDpi));
  const rules: [InputRuleName, ClientRule][] = [
    ['key', exactly(between(1, LAST_KEYSYM), between(0, 1))],
    ['mouse', exactly(pointer, pointer, between(0, ALL_BUTTONS))],
    ['size', (args) => (args.length === 3 ? withDpi(args)?.slice(0, 2) : withoutDpi(args))],
    ['sync', exactly((text) => between(0, lastSync())(text))],
    ['nop', exactly()],
    ['disconnect', exactly()],
  ];
  if (touch) rules.push(['touch', exactly(between(0, 255), pointer, pointer, between(0, 4_096), between(0, 4_096), fraction(360), fraction(1))]);
  return new Map(rules);
}

/** The keysyms of X11 have 29 bits (X Window System Protocol, appendix A). */
const LAST_KEYSYM = 0x1f_ff_ff_ff;
/** Left, middle, right, scroll up, scroll down (libguac client-constants.h). */
const ALL_BUTTONS = 0x1f;
const LAST_COORDINATE = 32_767;

type Argument = (text: string) => number | undefined;

function exactly(...kinds: readonly Argument[]): ClientRule {
  return (args) => {
    if (args.length !== kinds.length) return undefined;
    const values: number[] = [];
    for (const [index, kind] of kinds.entries()) {
      const value = kind(args[index]!);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  };
}

function between(least: number, most: number): Argument {
  return (text) => {
    const value = canonicalIntegerText(text);
    return value >= least && value <= most ? value : undefined;
  };
}

/** A drag may leave the window on the left or above; VNC knows no negative place. */
function pointer(text: string): number | undefined {
  const value = between(-LAST_COORDINATE, LAST_COORDINATE)(text);
  return value === undefined ? undefined : Math.max(0, value);
}

function fraction(most: number): Argument {
  return (text) => {
    if (!/^(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,17})?$/.test(text)) return undefined;
    const value = Number(text);
    return value <= most ? Math.round(value * 1_000) / 1_000 : undefined;
  };
}
