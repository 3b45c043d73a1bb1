import * as fc from 'fast-check';
import { CODES, type Code } from '../../../broker/codes.ts';
import { GUACAMOLE_STATUS } from '../../../gateway/relay/guacamole-status.ts';
import { endedBecause, isCode, lineLost } from '../../../web-client/src/session/endings.ts';
import { japaneseKeysym, keysymOfLetter, keysyms } from '../../../web-client/src/session/keysyms.ts';
import { measured, noRoundTrips, qualityOf, typicalRoundTrip } from '../../../web-client/src/session/round-trip.ts';
import { scaleToFit, wantedSize } from '../../../web-client/src/session/sizing.ts';
import { createWayOut } from '../../../web-client/src/session/way-out.ts';

describe('why a session is over', () => {
  it('is what the lease says, where it says so', () => {
    expect(endedBecause(CODES['lease-ended'].guacamole, { state: 'ended', endedBecause: 'sign-in-ended' })).toEqual({ because: 'sign-in-ended', wayOn: 'desktops' });
    expect(endedBecause(lineLost, { state: 'ended' })).toEqual({ because: 'lease-ended', wayOn: 'desktops' });
  });

  it('lets the person come back while the lease is open or the line is all that is wrong', () => {
    expect(endedBecause(lineLost, { state: 'parked' })).toEqual({ because: 'line-lost', wayOn: 'reconnect' });
    expect(endedBecause(lineLost, undefined)).toEqual({ because: 'line-lost', wayOn: 'reconnect' });
    expect(endedBecause(GUACAMOLE_STATUS.RESOURCE_NOT_FOUND, undefined)).toEqual({ because: 'lease-unknown', wayOn: 'desktops' });
  });

  it.each(Object.entries(GUACAMOLE_STATUS).filter(([name]) => name !== 'SERVER_ERROR'))('has words of its own for status %s', (_name, status) => {
    const { because } = endedBecause(status, { state: 'parked' });
    if (status !== GUACAMOLE_STATUS.UNSUPPORTED && status !== GUACAMOLE_STATUS.CLIENT_BAD_TYPE && status !== GUACAMOLE_STATUS.CLIENT_TOO_MANY) expect(because).not.toBe('internal-error');
  });

  it('names a code that has this very status, for every status in the table of codes', () => {
    const statuses = new Set(Object.values(CODES).flatMap((entry) => ('guacamole' in entry ? entry.guacamole : [])));
    expect(statuses.size).toBeGreaterThan(8);
    for (const status of statuses) {
      const { because } = endedBecause(status, { state: 'active' });
      expect(isCode(because)).toBe(true);
      expect([status, (CODES[because as Code] as { guacamole?: number }).guacamole]).toEqual([status, status]);
    }
  });
});

describe('the size to ask the desktop for', () => {
  const side = fc.integer({ min: 1, max: 8000 });
  it('is that of a view wide enough, to an even number', () => {
    expect(wantedSize({ width: 1441, height: 900 })).toEqual({ width: 1440, height: 900 });
  });
  it('is never too small for an office desktop, and keeps the proportions of a phone', () => {
    expect(wantedSize({ width: 360, height: 740 })).toEqual({ width: 1024, height: 2104 });
  });
  it('stays within what a relay accepts, for every view', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const wanted = wantedSize({ width, height });
        for (const length of [wanted.width, wanted.height]) expect(length >= 64 && length <= 4096 && length % 2 === 0).toBe(true);
      }),
    );
  });
  it('shows all of any remote screen inside any view', () => {
    fc.assert(
      fc.property(side, side, side, side, (width, height, viewWidth, viewHeight) => {
        const scale = scaleToFit({ width, height }, { width: viewWidth, height: viewHeight });
        expect(scale * width).toBeLessThanOrEqual(viewWidth + 1e-6);
        expect(scale * height).toBeLessThanOrEqual(viewHeight + 1e-6);
      }),
    );
  });
  it('does not blur a screen that is a few pixels smaller than the view', () => {
    expect(scaleToFit({ width: 1440, height: 896 }, { width: 1443, height: 901 })).toBe(1);
  });
});

describe('the line', () => {
  it('is told by the median of the last round trips, so that one late answer does not alarm', () => {
    const trips = [20, 22, 900, 21, 23].reduce(measured, noRoundTrips);
    expect(typicalRoundTrip(trips)).toBe(22);
    expect(qualityOf(trips)).toBe('good');
  });
  it('gets worse with the round trip, and is lost in silence until the next answer', () => {
    expect(qualityOf(noRoundTrips)).toBeNull();
    expect(qualityOf(measured(noRoundTrips, 150))).toBe('fair');
    expect(qualityOf(measured(noRoundTrips, 400))).toBe('poor');
    expect(qualityOf({ recent: [20], lost: true })).toBe('lost');
    expect(qualityOf(measured({ recent: [20], lost: true }, 20))).toBe('good');
  });
});

describe('Japanese keys', () => {
  it.each([
    [{ key: 'Convert', code: 'Convert' }, keysyms.henkan],
    [{ key: 'NonConvert', code: 'NonConvert' }, keysyms.muhenkan],
    [{ key: 'Zenkaku', code: 'Backquote' }, keysyms.zenkakuHankaku],
    [{ key: 'Hankaku', code: 'Backquote' }, keysyms.zenkakuHankaku],
    [{ key: 'KanjiMode', code: 'Backquote' }, keysyms.zenkakuHankaku],
    [{ key: 'Unidentified', code: 'KanaMode' }, keysyms.hiraganaKatakana],
    [{ key: 'Alphanumeric', code: 'CapsLock' }, keysyms.eisu],
  ])('%j is %d', (pressed, keysym) => expect(japaneseKeysym(pressed)).toBe(keysym));

  it.each([{ key: 'a', code: 'KeyA' }, { key: '`', code: 'Backquote' }, { key: '\\', code: 'IntlRo' }, { key: '¥', code: 'IntlYen' }, { key: 'CapsLock', code: 'CapsLock' }, { key: 'Enter', code: 'Enter' }])(
    'leaves %j to the ordinary way',
    (pressed) => expect(japaneseKeysym(pressed)).toBeUndefined(),
  );

  it.each([['a', 0x61], ['¥', 0xa5], ['あ', 0x0100_3042], ['𠮷', 0x0102_0bb7], ['\n', 0xff0d], ['\u0001', undefined]])('the letter %j is keysym %p', (letter, keysym) => {
    expect(keysymOfLetter(letter)).toBe(keysym);
  });
});

describe('the way out of the display', () => {
  const held = (...names: string[]) => ({ ctrlKey: names.includes('Control'), altKey: names.includes('Alt'), shiftKey: names.includes('Shift') });
  it('is Ctrl, Alt and Shift together, let go', () => {
    const wayOut = createWayOut();
    wayOut.pressed({ key: 'Control', ...held('Control') });
    wayOut.pressed({ key: 'Alt', ...held('Control', 'Alt') });
    wayOut.pressed({ key: 'Shift', ...held('Control', 'Alt', 'Shift') });
    expect(wayOut.released()).toBe(true);
    expect(wayOut.released()).toBe(false);
  });
  it('is not a shortcut of the desktop that has all three', () => {
    const wayOut = createWayOut();
    wayOut.pressed({ key: 'Shift', ...held('Control', 'Alt', 'Shift') });
    wayOut.pressed({ key: 'F1', ...held('Control', 'Alt', 'Shift') });
    expect(wayOut.released()).toBe(false);
  });
  it('is not two of them', () => {
    const wayOut = createWayOut();
    wayOut.pressed({ key: 'Alt', ...held('Control', 'Alt') });
    expect(wayOut.released()).toBe(false);
  });
});
