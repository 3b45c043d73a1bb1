import { EVENTS, readLevelName } from '../continuity/given.ts';
import type { Policy } from '../policy/index.ts';
import { Refusal, type NewDrill } from '../port.ts';

const LONGEST_NAME = 100;
const MOST_SEATS = 100_000;

/**
 * A drill as a person gave it.
 * @throws Refusal `request-invalid`, naming the field; also for seats that are fewer than the policy guarantees and reserves
 */
export function readNewDrill(asked: NewDrill, { shares, reserve }: Policy['capacity']): NewDrill {
  const name = asked.name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (name === '' || [...name].length > LONGEST_NAME || !name.isWellFormed() || /\p{Cc}/u.test(name)) throw invalid('name', `1 to ${LONGEST_NAME} characters`);
  if (!EVENTS.includes(asked.event)) throw invalid('event', EVENTS.join(', '));
  readLevelName(asked.level);
  const least = Math.max(1, reserve + shares.filter(({ path }) => path.length === 1).reduce((sum, { floor }) => sum + floor, 0));
  whole('seats', asked.seats, least, MOST_SEATS);
  whole('pace', asked.pace, 1, 240);
  whole('minutes', asked.minutes, 1, 480);
  whole('turnout', asked.turnout, 0, 100);
  whole('asksWithin', asked.asksWithin, 1, 72);
  return { ...asked, name };
}

function whole(path: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(path, `a whole number from ${least} to ${most}`);
}

function invalid(path: string, expected: string): Refusal {
  return new Refusal('request-invalid', { fields: [{ path, expected }] });
}
