import { problemsOf } from '../../support/policy-problems.ts';

const limits = (changes: string) => ({ 'sign-in.yaml': `sign-in: { limits: { idle: 30m, absolute: 8h, at-once: 3, warn-before: 5m${changes} } }` });

describe('what sign-in.yaml says of limits', () => {
  it('can be read', () => expect(problemsOf(limits(''))).toEqual([]));

  it.each([
    ['more than an hour idle', 'sign-in: { limits: { idle: 61m, absolute: 8h, at-once: 3, warn-before: 5m } }', 'between 60 s and 3600 s'],
    ['more than a day in all', 'sign-in: { limits: { idle: 30m, absolute: 25h, at-once: 3, warn-before: 5m } }', 'between 300 s and 86400 s'],
    ['more than an hour idle at a level', limits(', levels: { "3": { idle: 2h } }')['sign-in.yaml'], 'between 60 s and 3600 s'],
    ['none at all', 'sign-in: {}', 'sign-in.limits'],
    ['no sign-in at once', 'sign-in: { limits: { idle: 30m, absolute: 8h, at-once: 0, warn-before: 5m } }', 'sign-in.limits.at-once'],
    ['of level 0, which is what stands above', limits(', levels: { "0": { idle: 40m } }')['sign-in.yaml'], 'sign-in.limits.levels'],
    ['of staff, who are everybody', limits(', roles: { staff: { idle: 10m } }')['sign-in.yaml'], 'sign-in.limits.roles'],
  ])('is refused: %s', (_, text, cause) => {
    expect(problemsOf({ 'sign-in.yaml': text })).toEqual([expect.objectContaining({ file: 'sign-in.yaml', cause: expect.stringContaining(cause) as unknown })]);
  });

  it.each([
    ['a role with more than everybody', ', roles: { auditor: { idle: 1h } }', 'limits.roles.auditor.idle: more than for everybody'],
    ['a role with more sign-ins than everybody', ', roles: { auditor: { at-once: 4 } }', 'limits.roles.auditor.at-once: more than for everybody'],
    ['a level that shortens', ', levels: { "2": { absolute: 4h } }', 'limits.levels.2.absolute: less than at level 0'],
    ['a role whose sign-in ends before it is idle', ', roles: { auditor: { idle: 20m, absolute: 15m } }', 'limits.roles.auditor.idle: longer than a sign-in lasts'],
    ['a warning longer than some limit', ', roles: { auditor: { idle: 4m } }', 'limits.warn-before: a warning before the sign-in begins'],
  ])('contradicts itself: %s', (_, changes, cause) => {
    expect(problemsOf(limits(changes)).map((problem) => problem.cause)).toEqual([expect.stringContaining(cause)]);
  });

  it('contradicts itself where idle is longer than all', () => {
    const text = 'sign-in: { limits: { idle: 1h, absolute: 30m, at-once: 3, warn-before: 5m } }';
    expect(problemsOf({ 'sign-in.yaml': text }).map((problem) => problem.cause)).toEqual([expect.stringContaining('limits.idle: longer than a sign-in lasts')]);
  });
});
