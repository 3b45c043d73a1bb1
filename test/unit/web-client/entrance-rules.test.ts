import * as fc from 'fast-check';
import makeCode from 'qrcode-generator';
import { SIGN_IN_POLICY } from '../../../broker/identity/policy.ts';
import { continueSession } from '../../../web-client/src/desktops/continue-session.ts';
import { rememberDuty, rememberedDuty } from '../../../web-client/src/desktops/remembered-duty.ts';
import { qrPath, quietZone } from '../../../web-client/src/sign-in/qr-path.ts';
import { inGroups } from '../../../web-client/src/sign-in/secret.ts';
import { lengthHint, minimumLength } from '../../../web-client/src/welcome/password-length.ts';

/** The modules that a path of rectangles one unit high covers. */
function covered(path: string): Set<string> {
  const modules = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/gu)].flatMap(([, x, y, right, left]) => {
    expect(right).toBe(left);
    return Array.from({ length: Number(right) }, (_unused, step) => `${Number(y) - quietZone},${Number(x) - quietZone + step}`);
  });
  expect(new Set(modules).size).toBe(modules.length);
  return new Set(modules);
}

describe('the drawn QR code', () => {
  it('covers exactly the dark modules', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 120 }), (text) => {
        const code = makeCode(0, 'M');
        code.addData(text);
        code.make();
        const size = code.getModuleCount();
        const drawn = covered(qrPath({ size, isDark: (row, column) => code.isDark(row, column) }));
        for (let row = 0; row < size; row += 1) for (let column = 0; column < size; column += 1) expect(drawn.has(`${row},${column}`)).toBe(code.isDark(row, column));
      }),
      { numRuns: 25 },
    );
  });
});

describe('the secret in text', () => {
  it('loses no letter in its groups of four', () => {
    expect(inGroups('JBSWY3DPEHPK3PXPAB')).toEqual(['JBSW', 'Y3DP', 'EHPK', '3PXP', 'AB']);
    fc.assert(fc.property(fc.stringMatching(/^[A-Z2-7]*$/u), (secret) => inGroups(secret).join('') === secret));
  });
});

describe('the hint beside a new password', () => {
  it('asks for the length that the broker asks for', () => {
    expect(minimumLength).toBe(SIGN_IN_POLICY.password.shortest);
  });
  it.each([
    ['', 'empty'],
    ['a'.repeat(11), 'short'],
    ['a'.repeat(12), 'enough'],
    ['😀'.repeat(11), 'short'],
    ['a'.repeat(16), 'good'],
    ['a'.repeat(20), 'better'],
  ])('%j is %s', (password, hint) => expect(lengthHint(password)).toBe(hint));
});

describe('the duty chosen for a desktop', () => {
  const duties = [{ id: 'counter' }, { id: 'disaster' }];
  it('is remembered for that desktop only, and only while it is held', () => {
    const kept = new Map<string, string>();
    const memory = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
    expect(rememberedDuty(memory, 'pc', duties)).toBe('counter');
    rememberDuty(memory, 'pc', 'disaster');
    expect(rememberedDuty(memory, 'pc', duties)).toBe('disaster');
    expect(rememberedDuty(memory, 'other', duties)).toBe('counter');
    expect(rememberedDuty(memory, 'pc', [{ id: 'counter' }])).toBe('counter');
    expect(rememberedDuty(memory, 'pc', [])).toBeUndefined();
  });
  it('is simply the first where the browser keeps nothing', () => {
    const refusing = { getItem: () => { throw new Error('denied'); }, setItem: () => { throw new Error('denied'); } };
    rememberDuty(refusing, 'pc', 'disaster');
    expect(rememberedDuty(refusing, 'pc', duties)).toBe('counter');
  });
});

describe('going on with a session of one’s own', () => {
  const went = (credentials: 'stored' | 'ask', lease: { state: string; dutyId: string } | undefined, duties = [{ id: 'held' }]) => {
    const ways: string[] = [];
    continueSession({ leaseId: 'mine', lease: lease as Parameters<typeof continueSession>[0]['lease'] }, { credentials, duties, enter: (dutyId) => ways.push(`asks for ${dutyId}`), show: (path) => ways.push(path) });
    return ways;
  };

  it('asks for it again where its credentials are asked for, and shows it otherwise', () => {
    expect(went('ask', { state: 'parked', dutyId: 'held' })).toEqual(['asks for held']);
    expect(went('stored', { state: 'parked', dutyId: 'held' })).toEqual(['/session/mine']);
  });

  it('leaves to the page of the session what cannot be asked for again', () => {
    expect(went('ask', { state: 'ended', dutyId: 'held' })).toEqual(['/session/mine']);
    expect(went('ask', { state: 'parked', dutyId: 'lost' })).toEqual(['/session/mine']);
    expect(went('ask', undefined)).toEqual(['/session/mine']);
  });
});
