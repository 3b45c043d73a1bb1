import fc from 'fast-check';
import { randomIds } from '../../../broker/environment.ts';
import { newCode, readBypassCode } from '../../../broker/bypass/code.ts';

describe('the code of a bypass', () => {
  it('is ten digits, whatever the random bits are', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => /^\d{10}$/.test(newCode(Buffer.from(bytes).toString('base64url')))));
  });

  it('differs from one to the next', () => {
    expect(new Set(Array.from({ length: 500 }, () => newCode(randomIds.token()))).size).toBe(500);
  });

  it('is read as people type it', () => {
    for (const typed of ['0123456789', '01234 56789', '０１２３４　５６７８９', '012-345-6789', '０１２３ー４５６７ー８９', ' 0123456789\n']) expect(readBypassCode(typed)).toBe('0123456789');
  });

  it('is nothing else', () => {
    for (const typed of ['', '123456', '012345678', '01234567890', '012345678a', '0'.repeat(65), '٠١٢٣٤٥٦٧٨٩']) expect(readBypassCode(typed)).toBeUndefined();
  });

  it('is never longer or shorter for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => readBypassCode(typed) === undefined || /^\d{10}$/.test(readBypassCode(typed)!)));
  });
});
