import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { isProved, readPublicKey, textOf, type Signed } from '../../../broker/devices/proof.ts';
import { newKey } from '../../support/devices.ts';

const signed = (over: Partial<Signed> = {}): Signed => ({ purpose: 'relay', signInId: randomUUID(), leaseId: randomUUID(), nonce: randomBytes(32), ...over });

describe('the proof of a device', () => {
  it('stands for exactly what was signed, by exactly that key', async () => {
    const [key, other] = [await newKey(), await newKey()];
    const what = signed();
    const signature = await key.sign(textOf(what));
    const publicKey = readPublicKey(key.publicKey)!;
    expect(isProved(publicKey, what, signature)).toBe(true);
    expect(isProved(readPublicKey(other.publicKey)!, what, signature)).toBe(false);
    const others: Partial<Signed>[] = [{ purpose: 'sign-in' }, { purpose: 'registration' }, { signInId: randomUUID() }, { leaseId: randomUUID() }, { leaseId: null }, { nonce: randomBytes(32) }];
    for (const over of others) expect(isProved(publicKey, { ...what, ...over }, signature)).toBe(false);
  });

  it('is not thrown off by what is no signature', async () => {
    const publicKey = readPublicKey((await newKey()).publicKey)!;
    fc.assert(fc.property(fc.string(), fc.uint8Array({ maxLength: 100 }), (text, bytes) => !isProved(publicKey, signed(), text) && !isProved(publicKey, signed(), Buffer.from(bytes).toString('base64url'))));
    expect(isProved(publicKey, signed(), Buffer.alloc(64).toString('base64url'))).toBe(false);
  });

  it('takes points on the curve for keys, and nothing else', async () => {
    const { publicKey } = await newKey();
    const point = Buffer.from(publicKey, 'base64url');
    expect(readPublicKey(publicKey)).toEqual(point);
    const bent = Buffer.from(point);
    bent[64]! ^= 1;
    for (const wrong of ['', '-', publicKey.slice(1), bent.toString('base64url'), Buffer.concat([Buffer.of(3), point.subarray(1)]).toString('base64url'), Buffer.alloc(65, 4).toString('base64url')]) expect(readPublicKey(wrong)).toBeUndefined();
  });

  it('has a text of its own for each meaning', () => {
    const part = fc.record({ purpose: fc.constantFrom('registration', 'sign-in', 'relay'), signInId: fc.uuid(), leaseId: fc.option(fc.uuid()), nonce: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)) });
    fc.assert(fc.property(part, part, (one, other) => (textOf(one as Signed) === textOf(other as Signed)) === (JSON.stringify(one) === JSON.stringify(other))));
  });
});
