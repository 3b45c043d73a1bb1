import { requireRuntime } from '../../../gateway/program.ts';

const argon2 = () => undefined;

describe('the runtime', () => {
  it.each(['24.0.0', '24.21.0', '26.1.0'])('%s will do', (version) => expect(() => requireRuntime(version, { argon2 })).not.toThrow());

  it.each([
    ['20.20.2', { argon2 }],
    ['22.14.0', { argon2 }],
    ['24.5.0', {}],
  ])('%s with %o will not, and the message says what to do', (version, crypto) => {
    expect(() => requireRuntime(version, crypto)).toThrow(/npm ci/);
  });
});
