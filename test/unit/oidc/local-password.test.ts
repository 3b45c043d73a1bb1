import * as fc from 'fast-check';
import { localPassword, type LocalAsker } from '../../../broker/identity/oidc/local-password.ts';
import { CLASSES } from '../../../broker/policy/documents/index.ts';
import type { Role } from '../../../broker/port.ts';

const rules = { required: true, localAlways: ['system-admin'], localWhileDown: ['P0', 'P1', 'P2'] } as const;
const asker: LocalAsker = { roles: ['staff'], classes: ['P1'], bypass: false, providers: ['down'] };
const anyAsker = fc.record({
  roles: fc.array(fc.constantFrom<Role>('staff', 'unit-head', 'system-admin', 'auditor')),
  classes: fc.array(fc.constantFrom(...CLASSES)),
  bypass: fc.boolean(),
  providers: fc.array(fc.constantFrom('up' as const, 'down' as const)),
});

describe('the password', () => {
  it.each<[string, Partial<LocalAsker>, ReturnType<typeof localPassword>]>([
    ['open for an urgent duty while no provider answers', {}, 'open'],
    ['closed for it while one does', { providers: ['down', 'up'] }, 'provider-required'],
    ['closed for ordinary work while none answers', { classes: ['P3', 'P5'] }, 'provider-down'],
    ['closed for somebody without a duty while none answers', { classes: [] }, 'provider-down'],
    ['open by the most urgent of several duties', { classes: ['P5', 'P2'] }, 'open'],
    ['open for the roles that are named', { roles: ['staff', 'system-admin'], providers: ['up'] }, 'open'],
    ['open beside an approved bypass', { classes: ['P4'], bypass: true, providers: ['up'] }, 'open'],
    ['open where the organisation has no provider', { providers: [] }, 'open'],
  ])('is %s', (_what, given, expected) => {
    expect(localPassword(rules, { ...asker, ...given })).toBe(expected);
  });

  it('is open for everybody where the providers are not the rule', () => {
    fc.assert(fc.property(anyAsker, (any) => localPassword({ ...rules, required: false }, any) === 'open'));
  });

  it('is never closed by a provider that stops to answer to whom it was open before', () => {
    fc.assert(
      fc.property(anyAsker, (any) => {
        const before = localPassword(rules, any);
        return before !== 'open' || localPassword(rules, { ...any, providers: any.providers.map(() => 'down' as const) }) === 'open';
      }),
    );
  });

  it('waits for the provider exactly where one answers', () => {
    fc.assert(fc.property(anyAsker, (any) => localPassword(rules, any) !== 'provider-required' || any.providers.includes('up')));
  });
});
