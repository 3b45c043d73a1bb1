import fc from 'fast-check';
import { createInstance } from 'i18next';
import { emptyDesktop, newDesktop } from '../../../web-client/src/administration/desktops/desktop-form.ts';
import { hoursOf, secondsOf } from '../../../web-client/src/administration/duties/target-time.ts';
import { decode } from '../../../web-client/src/administration/import/decode.ts';
import { proposable, tighter } from '../../../web-client/src/administration/level/ranks.ts';
import { conflictsWith, roles } from '../../../web-client/src/administration/people/role-conflicts.ts';
import { duration } from '../../../web-client/src/console/duration.ts';
import { fromField, toField } from '../../../web-client/src/console/japan-time.ts';
import ja from '../../../web-client/src/i18n/console/ja.json' with { type: 'json' };

describe('a time that is typed', () => {
  it('is Japan’s, whatever the machine’s clock is set to', () => {
    expect(toField('2026-11-24T03:05:00.000Z')).toBe('2026-11-24T12:05');
    expect(fromField('2026-11-24T12:05')).toBe('2026-11-24T03:05:00.000Z');
    expect(fromField('2026-01-01T08:59')).toBe('2025-12-31T23:59:00.000Z');
  });

  it.each(['', 'tomorrow', '2026-13-01T00:00'])('%j is none', (typed) => {
    expect(fromField(typed)).toBeUndefined();
    expect(toField(typed)).toBe('');
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
        const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000).toISOString();
        expect(fromField(toField(minute))).toBe(minute);
      }),
    );
  });
});

describe('a length of time', () => {
  const texts = createInstance();
  beforeAll(() => texts.init({ lng: 'ja', resources: { ja: { translation: ja } } }));
  it.each([
    [0, '0秒'],
    [45, '45秒'],
    [300, '5分'],
    [7_200, '2時間'],
    [7_500, '2時間5分'],
    [86_400 * 3 + 3_600 * 4 + 59, '3日4時間'],
    [86_400 * 14, '14日'],
    [-5, '0秒'],
  ])('%i seconds are %s', (seconds, text) => expect(duration(texts.t as never, seconds)).toBe(text));
});

describe('levels', () => {
  it('are proposed up, for longer, and between alert and recovery', () => {
    expect(proposable({ number: 0, level: '0' })).toEqual(['1', '2', '3', 'R']);
    expect(proposable({ number: 1, level: '1' })).toEqual(['1', '2', '3', 'R']);
    expect(proposable({ number: 1, level: '3' })).toEqual(['3']);
  });

  it('are lowered to whatever is below, and a provisional one to what holds for all others', () => {
    expect(tighter({ number: 0, level: '0' })).toEqual([]);
    expect(tighter({ number: 1, level: '2' })).toEqual(['1', 'R', '0']);
    expect(tighter({ number: 1, level: '1', provisional: { level: '3', until: '2026-11-24T03:05:00.000Z' } })).toEqual(['1', '0']);
  });
});

describe('roles', () => {
  it('exclude each other both ways', () => {
    for (const one of roles) for (const other of roles) expect(conflictsWith(one, [other]).length).toBe(conflictsWith(other, [one]).length);
    expect(conflictsWith('system-admin', ['staff', 'auditor', 'security-officer'])).toEqual(['auditor', 'security-officer']);
    expect(conflictsWith('activation-authority', ['bcp-admin', 'security-officer'])).toEqual(['bcp-admin']);
    expect(roles.flatMap((role) => conflictsWith(role, roles))).toHaveLength(6);
  });
});

describe('a target time', () => {
  it.each([
    ['', null],
    ['0', 0],
    ['３', 10_800],
    ['0.5', 1_800],
    ['8760', 31_536_000],
    ['8761', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['三', undefined],
  ])('typed as %j is %j seconds', (typed, seconds) => expect(secondsOf(typed)).toBe(seconds));

  it('comes back as it was', () => {
    for (const seconds of [0, 1_800, 10_800, 259_200]) expect(secondsOf(hoursOf(seconds))).toBe(seconds);
    expect(secondsOf(hoursOf(null))).toBeNull();
  });
});

describe('a file', () => {
  it('is read as UTF-8 with or without its mark, else as Shift_JIS', () => {
    expect(decode(new TextEncoder().encode('\uFEFF氏名'))).toEqual({ text: '氏名', encoding: 'utf-8' });
    expect(decode(new TextEncoder().encode('氏名'))).toEqual({ text: '氏名', encoding: 'utf-8' });
    expect(decode(Uint8Array.from([0x8e, 0x81, 0x96, 0xbc]))).toEqual({ text: '氏名', encoding: 'shift_jis' });
    expect(decode(Uint8Array.from([0xff, 0xfe, 0x0f, 0x5c]))).toBeUndefined();
  });
});

describe('a new desktop', () => {
  const filled = { ...emptyDesktop, name: ' 庁内端末 ', host: '１０.1.2.3' };

  it('is sent as it was meant', () => {
    expect(newDesktop(filled).desktop).toEqual({ name: '庁内端末', protocol: 'rdp', host: '10.1.2.3', port: 3389, weight: 1, kind: 'exclusive', credentials: 'ask' });
    expect(newDesktop({ ...filled, kind: 'multi-session', sessions: '２０', poolId: 'pool' }).desktop).toMatchObject({ kind: 'multi-session', sessions: 20, poolId: 'pool' });
    expect(newDesktop({ ...filled, protocol: 'vnc', credentials: 'stored', password: 'secret', domain: 'OFFICE' }).desktop).toMatchObject({ credentials: { password: 'secret' } });
  });

  it('says what is not right yet', () => {
    expect(newDesktop({ ...emptyDesktop, port: '65536', weight: '0', credentials: 'stored' })).toEqual({ desktop: undefined, wrong: ['name', 'host', 'port', 'weight', 'username', 'password'] });
  });
});
