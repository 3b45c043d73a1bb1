import type { Change } from '../../../broker/continuity/change.ts';
import { later } from '../../../broker/continuity/falls.ts';
import { levelAfter } from '../../../broker/continuity/in-force.ts';
import { firstUnjustified } from '../../../broker/continuity/justified.ts';
import type { Level } from '../../../broker/port.ts';

const start = new Date('2026-04-01T00:00:00Z');
const at = (seconds: number) => later(start, seconds);

const change = (number: number, how: Change['how'], level: Level, seconds: { since: number; until?: number }, more: Partial<Change> = {}): Change => ({
  id: `change ${number}`,
  number,
  level,
  baseLevel: level,
  how,
  proposalId: null,
  actedBy: null,
  event: 'earthquake',
  onset: start,
  reason: '地震',
  since: at(seconds.since),
  began: at(seconds.since),
  until: seconds.until === undefined ? null : at(seconds.until),
  baseUntil: null,
  proposal: null,
  ...more,
});
const proposal = (level: Level, until: number, more: Partial<Change['proposal'] & {}> = {}) => ({ proposal: { level, until: at(until), proposedBy: 'a', withdrawnAt: null, approvedByAnother: true, ...more } });

const approved = change(1, 'approved', '2', { since: 0, until: 100 }, proposal('2', 100));
const provisional = (more: Partial<Change> = {}) =>
  change(2, 'provisional', '3', { since: 10, until: 7_210 }, { baseLevel: '2', baseUntil: at(100), actedBy: 'a', ...proposal('3', 90_000, { approvedByAnother: false }), ...more });

describe('a chain of changes that two people began', () => {
  it.each<[string, readonly Change[]]>([
    ['an approved level', [approved]],
    ['its fall', [approved, change(2, 'expired', '1', { since: 100, until: 900 })]],
    ['its tightening to recovery', [approved, change(2, 'tightened', 'R', { since: 10, until: 900 })]],
    ['a provisional level over it', [approved, provisional()]],
    ['that one reverted', [approved, provisional(), change(3, 'reverted', '2', { since: 20, until: 100 })]],
    ['that one ended by hand', [approved, provisional(), change(3, 'tightened', '2', { since: 20, until: 100 })]],
    ['a provisional level over nothing', [provisional({ number: 1, baseLevel: '0', baseUntil: null })]],
    ['level 0 after whatever was before', [change(7, 'tightened', '0', { since: 10 })]],
  ])('is justified: %s', (_, chain) => {
    expect(firstUnjustified(chain)).toBeUndefined();
  });
});

describe('what nothing justifies', () => {
  it.each<[string, readonly Change[]]>([
    ['approved without a proposal', [change(1, 'approved', '3', { since: 0, until: 100 })]],
    ['approved by nobody else', [{ ...approved, ...proposal('2', 100, { approvedByAnother: false }) }]],
    ['approved for another level', [{ ...approved, ...proposal('1', 100) }]],
    ['approved for longer than proposed', [{ ...approved, ...proposal('2', 99) }]],
    ['approved without an end', [{ ...approved, until: null }]],
    ['approved after it was withdrawn', [{ ...approved, ...proposal('2', 100, { withdrawnAt: at(-61) }) }]],
    ['raised by the clock', [approved, change(2, 'expired', '3', { since: 100, until: 900 })]],
    ['prolonged by the clock', [approved, change(2, 'expired', '2', { since: 100, until: 900 })]],
    ['sideways by one person', [{ ...approved, level: '1', baseLevel: '1', ...proposal('1', 100) }, change(2, 'tightened', 'R', { since: 10, until: 900 })]],
    ['raised out of nothing by one person', [change(1, 'tightened', '1', { since: 0, until: 100 })]],
    ['lowered by one person for longer than any policy allows', [approved, change(2, 'tightened', '1', { since: 10, until: 10 + 31 * 86_400 + 1 })]],
    ['fallen for longer than any policy allows', [approved, change(2, 'expired', '1', { since: 100, until: 100 + 31 * 86_400 + 1 })]],
    ['approved for longer than any policy allows', [{ ...approved, until: at(31 * 86_400 + 1), ...proposal('2', 40 * 86_400) }]],
    ['lowered without an end', [approved, change(2, 'tightened', '1', { since: 10 })]],
    ['lowered for some only', [approved, change(2, 'tightened', '2', { since: 10, until: 100 }, { baseLevel: '1' })]],
    ['a gap in the numbers', [approved, change(3, 'expired', '1', { since: 100, until: 900 })]],
    ['not the first, with nothing before it', [change(2, 'tightened', '1', { since: 10, until: 900 })]],
    ['provisional for more than two hours', [approved, provisional({ until: at(7_210.001) })]],
    ['provisional by somebody else than the proposer', [approved, provisional({ actedBy: 'b' })]],
    ['provisional over a base that was not there', [approved, provisional({ baseLevel: '3' })]],
    ['provisional over a base that lasts longer', [approved, provisional({ baseUntil: at(101) })]],
    ['made lasting from a provisional one by one person', [approved, provisional(), change(3, 'tightened', '3', { since: 20, until: 100 })]],
    ['reverted to something that lasts longer', [approved, provisional(), change(3, 'reverted', '2', { since: 20, until: 101 })]],
    ['resting on one that is not', [change(1, 'approved', '3', { since: 0, until: 100 }), change(2, 'expired', '2', { since: 100, until: 900 })]],
  ])('is found: %s', (_, chain) => {
    expect(firstUnjustified(chain)).toBeDefined();
    expect(levelAfter(chain, at(20))).toEqual({ number: chain.at(-1)?.number, level: '0' });
  });
});

describe('the level in force', () => {
  it('is 0 before the first change', () => {
    expect(levelAfter([], start)).toEqual({ number: 0, level: '0' });
  });

  it('is what was approved, until the instant of its end', () => {
    expect(levelAfter([approved], at(99.999))).toEqual({ number: 1, level: '2', since: start, until: at(100), event: 'earthquake', onset: start, reason: '地震' });
    expect(levelAfter([approved], at(100))).toMatchObject({ number: 1, level: '1' });
    expect(levelAfter([approved], at(100)).until).toBeUndefined();
  });

  it('is for some a provisional one, until the instant of its end, and for all others what was before', () => {
    expect(levelAfter([approved, provisional()], at(50))).toMatchObject({ level: '2', until: at(100), provisional: { level: '3', until: at(7_210) } });
    expect(levelAfter([approved, provisional()], at(100))).toMatchObject({ level: '1', provisional: { level: '3' } });
    expect(levelAfter([approved, provisional()], at(7_210)).provisional).toBeUndefined();
  });

  it('is not raised by a provisional one that lies ahead, also not by the clock of a gateway that is fast', () => {
    const ahead = provisional({ since: at(1_000), until: at(8_200) });
    expect(levelAfter([approved, ahead], at(50))).toMatchObject({ level: '2', until: at(100) });
    expect(levelAfter([approved, ahead], at(50)).provisional).toBeUndefined();
    expect(levelAfter([approved, ahead], at(940)).provisional).toEqual({ level: '3', until: at(8_200) });
  });

  it('never goes on for longer than any policy allows, although nobody wrote its fall', () => {
    const three = change(1, 'approved', '3', { since: 0, until: 100 }, proposal('3', 100));
    expect(levelAfter([three], at(100 + 31 * 86_400 - 1)).level).toBe('2');
    expect(levelAfter([three], at(100 + 31 * 86_400)).level).toBe('0');
  });

  it('says nothing of an event once it is 0 again', () => {
    expect(levelAfter([approved, change(2, 'tightened', '0', { since: 10 })], at(20))).toEqual({ number: 2, level: '0', since: at(10) });
  });
});
