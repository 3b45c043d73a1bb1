import * as fc from 'fast-check';
import { createPasswords } from '../../../broker/identity/index.ts';
import * as argon2id from '../../../broker/identity/password/argon2id.ts';
import { createQueue } from '../../../broker/identity/password/queue.ts';
import { unsuitable } from '../../../broker/identity/password/rules.ts';
import { SIGN_IN_POLICY } from '../../../broker/identity/policy.ts';
import { cheapHashing, refusalOf } from '../../support/identity.ts';

const judge = (password: string, username = 'hanako') => unsuitable(password, username, SIGN_IN_POLICY.password);

describe('a suitable password', () => {
  it.each(['correct horse battery', '関所を越えて進む鳥たちの歌', 'aaaaabbbbbcc kani', '🦀🦀🐟🐟🐙🐙🦑🦑🐡🐡🐠🐠', 'Kj3#qPx9!mZt', '4829-1937-5562'])('%s', (password) => {
    expect(judge(password)).toBeUndefined();
  });

  it('has 12 to 128 characters, counted as people do', () => {
    expect(judge('鳥'.repeat(5) + '獣'.repeat(6))).toBe('length');
    expect(judge(`x${'鳥獣'.repeat(3)}戯画とはな`)).toBeUndefined();
    expect(judge(`${'長い'.repeat(61)}昔の話の終`)).toBeUndefined();
    expect(judge(`${'長い'.repeat(61)}昔の話の終り方`)).toBe('length');
  });

  it('does not hold the username', () => {
    expect(judge('xx-Hanako-2026-xx')).toBe('username');
    expect(judge('hanako.yamada', 'hanako.yamada')).toBe('username');
    expect(judge('a fine long day', 'abc')).toBeUndefined();
  });

  it.each(['Password1234', 'aaaaaaaaaaaa', 'abcabcabcabc', '123456789012', '210987654321', 'qwertyuiop123', 'p-a-s-s-w-o-r-d-1', '000000000000', 'Sakura202604!', 'administrator', '1q2w3e4r5t6y'])(
    'is not as common as %s',
    (password) => {
      expect(judge(password)).toBe('common');
    },
  );
});

describe('the stored form of a password', () => {
  it('is a PHC string of argon2id with 19 MiB and two passes, and fits that password only', async () => {
    const stored = await argon2id.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await argon2id.verify('correct horse', stored)).toBe(true);
    expect(await argon2id.verify('correct horsE', stored)).toBe(false);
    expect(await argon2id.hash('correct horse')).not.toBe(stored);
  });

  it('agrees with another implementation of argon2id', async () => {
    // Made with the reference implementation's `argon2` tool: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1.
    expect(await argon2id.verify('password', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc')).toBe(true);
  });

  it('is outdated when its cost is another one, or when it cannot be read', async () => {
    const stored = await cheapHashing.hash('x');
    expect(argon2id.isOutdated(stored)).toBe(true);
    expect(cheapHashing.isOutdated(stored)).toBe(false);
    expect(argon2id.isOutdated('')).toBe(true);
  });

  it('is never right when it is damaged', async () => {
    const stored = await cheapHashing.hash('x');
    await fc.assert(
      fc.asyncProperty(fc.nat(stored.length - 1), async (cut) => {
        expect(await argon2id.verify('x', stored.slice(0, cut))).toBe(false);
      }),
      { numRuns: 50 },
    );
    for (const other of ['', 'x', '$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc']) expect(await argon2id.verify('x', other)).toBe(false);
  });

  it('is the same for a password typed in another Unicode form', async () => {
    const passwords = createPasswords({ policy: SIGN_IN_POLICY, algorithm: cheapHashing });
    const stored = await passwords.hash('ｐａｓｓガギグ');
    expect(await passwords.isRight('passガギグ'.normalize('NFD'), stored)).toBe(true);
  });
});

describe('hashing', () => {
  it('does the same work where there is nothing to compare with', async () => {
    const verified: string[] = [];
    const algorithm = { ...cheapHashing, verify: async (_password: string, stored: string) => verified.push(stored) < 0 };
    const passwords = createPasswords({ policy: SIGN_IN_POLICY, algorithm });
    expect(await passwords.isRight('x', null)).toBe(false);
    expect(await passwords.isRight('x', await cheapHashing.hash('y'))).toBe(false);
    expect(verified.map((stored) => stored.split('$').slice(0, 4))).toEqual([['', 'argon2id', 'v=19', 'm=64,t=1,p=1'], ['', 'argon2id', 'v=19', 'm=64,t=1,p=1']]);
  });

  it('is bounded: so many at once, the others in turn, and beyond so many waiting the longest line loses its newest', async () => {
    const queue = createQueue({ atOnce: 2, waiting: 3, patienceSeconds: 60 });
    const done: string[] = [];
    const open: (() => void)[] = [];
    let most = 0;
    const work = (name: string) => async () => {
      await new Promise<void>((resolve) => {
        open.push(resolve);
        most = Math.max(most, open.length);
      });
      done.push(name);
    };
    const from = (network: string, lane: 'known' | 'listed' | 'other' = 'other') => ({ lane, network });
    const flood = ['a', 'b', 'c', 'd', 'e'].map((name) => queue.run(work(name), from('flood')));
    const quiet = queue.run(work('quiet'), from('quiet'));
    expect(await refusalOf(flood[4]!)).toMatchObject({ code: 'sign-in-busy', details: { retryAfterSeconds: 5 } });
    const known = queue.run(work('known'), from('flood', 'known'));
    expect((await refusalOf(flood[3]!)).code).toBe('sign-in-busy');
    while (done.length < 5) {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all([...flood.slice(0, 3), quiet, known]);
    expect(most).toBe(2);
    expect(done).toEqual(['a', 'b', 'known', 'c', 'quiet']);
  });

  it('tells whoever has waited for long how many are before, and keeps the place for when they ask again', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 10, patienceSeconds: 0.05 });
    const done: string[] = [];
    let free = () => undefined as void;
    const busy = queue.run(() => new Promise<void>((resolve) => (free = resolve)));
    const ask = (person: string) => queue.run(async () => void done.push(person), { lane: 'other', network: 'town hall', person });
    const first = ask('first');
    const second = ask('second');
    expect(await refusalOf(first)).toMatchObject({ code: 'sign-in-busy', details: { before: 0, retryAfterSeconds: 1 } });
    await refusalOf(second);
    const again = [ask('newcomer'), ask('second'), ask('first')];
    free();
    await Promise.all([busy, ...again]);
    expect(done).toEqual(['first', 'second', 'newcomer']);
  });

  it('goes on after work that failed', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 1, patienceSeconds: 60 });
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await queue.run(async () => 'fine')).toBe('fine');
  });
});
