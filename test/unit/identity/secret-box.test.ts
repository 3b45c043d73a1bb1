import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { createSecretBox, readSecretBox } from '../../../broker/secret-box.ts';

const key = randomBytes(32);
const box = createSecretBox([key]);

describe('a secret box', () => {
  it('opens what it sealed, in the same context', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (plain, context) => {
        expect(box.open(box.seal(Buffer.from(plain), context), context)).toEqual(Buffer.from(plain));
      }),
    );
    expect(box.open(box.seal('秘密', 'a'), 'a').toString()).toBe('秘密');
  });

  it('refuses another context, and any altered or missing byte', () => {
    const sealed = box.seal('secret', 'totp:1');
    expect(() => box.open(sealed, 'totp:2')).toThrow();
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Buffer.from(sealed);
      altered[index]! ^= 1;
      expect(() => box.open(altered, 'totp:1')).toThrow();
      expect(() => box.open(sealed.subarray(0, index), 'totp:1')).toThrow();
    }
  });

  it('never seals the same thing to the same bytes, and shows nothing of it', () => {
    expect(box.seal('secret', 'c')).not.toEqual(box.seal('secret', 'c'));
    expect(box.seal('secret', 'c').includes('secret')).toBe(false);
  });

  it('opens with a retired key, seals with the new one, and refuses what a lost key sealed', () => {
    const fresh = randomBytes(32);
    const rotated = createSecretBox([fresh, key]);
    expect(rotated.open(box.seal('old', 'c'), 'c').toString()).toBe('old');
    expect(createSecretBox([fresh]).open(rotated.seal('new', 'c'), 'c').toString()).toBe('new');
    expect(() => createSecretBox([fresh]).open(box.seal('old', 'c'), 'c')).toThrow('not at hand');
  });

  it('reads its keys from a file and says nothing of a bad one but its name', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sekisho-test-'));
    const file = join(directory, 'key');
    await writeFile(file, `${randomBytes(32).toString('base64')}\n${key.toString('base64')}\n`);
    expect((await readSecretBox(file)).open(box.seal('x', 'c'), 'c').toString()).toBe('x');
    for (const bad of ['', 'short', randomBytes(31).toString('base64')]) {
      await writeFile(file, bad);
      await expect(readSecretBox(file)).rejects.toThrow(`${file} must hold a key a line`);
    }
    await rm(directory, { recursive: true });
  });
});
