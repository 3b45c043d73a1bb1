import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { createLog, type Log, type LogLevel } from '../../../gateway/log/index.ts';

async function logged(write: (log: Log) => void, level: LogLevel = 'info'): Promise<string> {
  const stream = new PassThrough();
  write(createLog({ level, stream }));
  await setImmediate();
  return ((stream.read() as Buffer | null) ?? '').toString();
}

const lineOf = async (write: (log: Log) => void) => JSON.parse(await logged(write)) as Record<string, unknown>;

it('writes one JSON object a line, with time, level and message first', async () => {
  const text = await logged((log) => {
    log.info('one\ntwo', { port: 8443 });
    log.warn('three');
  });
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([{ level: 'info', message: 'one\ntwo', port: 8443 }, { level: 'warn', message: 'three' }]);
  expect(Object.keys(lines[0]!)).toEqual(['at', 'level', 'message', 'port']);
  expect(lines[0]!['at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

it('writes its level and what is more urgent', async () => {
  const text = await logged((log) => {
    log.info('no');
    log.warn('yes');
    log.error('yes');
  }, 'warn');
  expect(text.match(/"message":"(\w+)"/g)).toEqual(['"message":"yes"', '"message":"yes"']);
});

it('writes only the name of a field that nobody classified, at any depth', async () => {
  const line = await lineOf((log) => log.info('x', { password: 'hunter2', reasons: { authorization: 'Bearer hunter2', status: 200 }, [`x${'y'.repeat(60)}`]: 'hunter2', at: 'hunter2' }));
  expect(line).toMatchObject({ password: '[redacted]', reasons: { authorization: '[redacted]', status: 200 }, other: '[redacted]' });
  expect(JSON.stringify(line)).not.toContain('hunter2');
});

it('writes of a user name only its length', async () => {
  expect(await lineOf((log) => log.info('x', { username: '田中 hunter2' }))).toMatchObject({ username: { length: 10 } });
});

it('writes an error with its cause, its stack only at level error, and none of its other members', async () => {
  const cause = Object.assign(new Error('inner'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new TypeError('outer', { cause }), { config: { password: 'hunter2' }, detail: 'Key (x)=(hunter2)' });
  const warned = await lineOf((log) => log.warn('x', { error }));
  expect(warned['error']).toEqual({ name: 'TypeError', message: 'outer', cause: { name: 'Error', message: 'inner', code: 'ECONNREFUSED' } });
  const failed = await lineOf((log) => log.error('x', { error }));
  expect(failed['error']).toMatchObject({ stack: expect.stringContaining('log.test') as string });
  expect(JSON.stringify(failed)).not.toContain('hunter2');
});

describe('what looks like a credential in free text is taken out', () => {
  const token = 'dGhpcyBpcyBub3QgYSByZWFsIHRva2VuIGF0IGFsbDEy';
  it.each([
    [`connecting to postgresql://sekisho:hunter2@db/x`],
    [`open https://telework.example/welcome#${token}`],
    [`GET / Cookie: __Host-sekisho=${token}; x=hunter2`],
    [`authorization: Bearer hunter2hunter2`],
    [`{"password":"hunter2"}`],
    [`otpauth://totp/Sekisho:x?secret=HUNTER2HUNTER2`],
    [`token ${token}`],
    [`totpSecret=HUNTER2`],
    [`-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----`],
  ])('%s', async (text) => {
    const written = await logged((log) => {
      log.error(text, { error: new Error(text), line: text, detail: [text] });
    });
    expect(written).toContain('[redacted]');
    expect(written).not.toMatch(/hunter2/i);
    expect(written).not.toContain(token);
  });

  it('while identifiers stay', async () => {
    const leaseId = '7d0f2a5e-6a52-4c55-9f3e-0f6f6b0d9a11';
    expect(await lineOf((log) => log.info(`lease ${leaseId} ended`, { leaseId, file: '/var/lib/sekisho/audit.heads' }))).toMatchObject({ message: `lease ${leaseId} ended`, leaseId, file: '/var/lib/sekisho/audit.heads' });
  });
});

it('takes anything without throwing, and always writes one line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.dictionary(fc.constantFrom('error', 'cause', 'status', 'username', 'reasons', 'lanes', 'zzz'), fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true })), async (message, fields) => {
      const text = await logged((log) => log.error(message, fields));
      expect(text.endsWith('\n')).toBe(true);
      expect(JSON.parse(text)).toMatchObject({ level: 'error' });
    }),
  );
});

it('outlives a stream that breaks', async () => {
  const stream = new PassThrough();
  const log = createLog({ level: 'info', stream });
  stream.destroy(new Error('EPIPE'));
  await setImmediate();
  expect(() => log.info('still there')).not.toThrow();
});
