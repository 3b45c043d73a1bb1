import { connectionParameters, fittingSize, guacdConnection } from '../../../gateway/relay/guacd/connection-parameters.ts';
import { createHandshake } from '../../../gateway/relay/guacd/handshake.ts';
import { HandshakeRefused } from '../../../gateway/relay/guacd/handshake-refused.ts';
import { RELIED_ON } from '../../../gateway/relay/guacd/security-parameters.ts';
import { type ConnectionSettings, resolveLimits } from '../../../gateway/relay/index.ts';
import { ARGS_1_3 } from '../../support/lying-guacd.ts';
import { readMessage } from '../../support/relay.ts';

const limits = resolveLimits();
const RDP: ConnectionSettings = { protocol: 'rdp', host: '192.0.2.1', port: 3389, username: '関所', password: '鍵😀', domain: 'town', parameters: { security: 'tls' } };
const VNC: ConnectionSettings = { protocol: 'vnc', host: '192.0.2.2', port: 5900, password: 'x', parameters: {} };

function handshake(settings: ConnectionSettings, forced?: Record<string, string>) {
  const merged = { ...connectionParameters(settings, forced), width: 800, height: 600, dpi: 96, timezone: 'Asia/Tokyo' };
  return createHandshake(guacdConnection(settings.protocol, merged), limits);
}

/** What is sent as `connect`, by parameter name. */
function connectOf(settings: ConnectionSettings, names = ARGS_1_3[settings.protocol], forced?: Record<string, string>): Record<string, string> {
  const { send } = handshake(settings, forced).answer(['args', 'VERSION_1_3_0', ...names]);
  const connect = codePointElements(send).find(([opcode]) => opcode === 'connect');
  return Object.fromEntries(['', ...names].map((name, index) => [name, connect?.[index + 1] ?? '?']));
}

/** Reads with lengths in code points, as guacd does. */
function codePointElements(text: string): string[][] {
  const points = Array.from(text);
  const found: string[][] = [[]];
  for (let position = 0; position < points.length; ) {
    const dot = points.indexOf('.', position);
    const end = dot + 1 + Number(points.slice(position, dot).join(''));
    found.at(-1)!.push(points.slice(dot + 1, end).join(''));
    if (points[end] === ';') found.push([]);
    position = end + 1;
  }
  return found.slice(0, -1);
}

function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof HandshakeRefused) return `${error.code}:${error.parameter}`;
    throw error;
  }
  return 'none';
}

describe('the handshake', () => {
  it('goes from select over args to ready', () => {
    const shaking = handshake(VNC);
    expect(shaking.opening).toBe('6.select,3.vnc;');
    const { send, ready } = shaking.answer(['args', 'VERSION_1_3_0', ...ARGS_1_3.vnc]);
    expect(ready).toBe(false);
    expect(readMessage(send).map(([opcode, ...rest]) => (opcode === 'connect' ? [opcode] : [opcode, ...rest]))).toEqual([
      ['size', '800', '600', '96'],
      ['audio'],
      ['video'],
      ['image', 'image/png', 'image/jpeg', 'image/webp'],
      ['timezone', 'Asia/Tokyo'],
      ['connect'],
    ]);
    expect(shaking.answer(['nop'])).toEqual({ send: '', ready: false });
    expect(shaking.answer(['ready', '$id'])).toEqual({ send: '', ready: true });
  });

  it.each([
    ['ready before args', [['ready', '$id']]],
    ['args twice', [['args', 'VERSION_1_3_0', ...ARGS_1_3.vnc], ['args', 'VERSION_1_3_0', ...ARGS_1_3.vnc]]],
    ['a drawing before ready', [['args', 'VERSION_1_3_0', ...ARGS_1_3.vnc], ['sync', '1']]],
    ['a nop before args', [['nop']]],
  ])('refuses %s', (_what, steps) => {
    const shaking = handshake(VNC);
    expect(() => {
      for (const step of steps) shaking.answer(step);
    }).toThrow(expect.objectContaining({ code: 'handshake-out-of-order' }));
  });

  it('reports an error of guacd by its status', () => {
    expect(handshake(VNC).answer(['error', 'no such protocol', '516'])).toEqual({ send: '', ready: false, failed: 516 });
    expect(handshake(VNC).answer(['error'])).toMatchObject({ failed: 512 });
  });

  it.each([
    ['VERSION_1_0_0', 'VERSION_1_0_0'],
    ['VERSION_1_1_0', 'VERSION_1_1_0'],
    ['VERSION_1_3_0', 'VERSION_1_3_0'],
    ['VERSION_1_4_0', 'VERSION_1_3_0'],
    ['VERSION_1_5_0', 'VERSION_1_5_0'],
    ['VERSION_2_0_0', 'VERSION_1_5_0'],
    ['VERSION_nonsense', 'VERSION_1_0_0'],
  ])('offered %s speaks %s', (offered, spoken) => {
    const { send } = handshake(VNC).answer(['args', offered, ...ARGS_1_3.vnc]);
    expect(readMessage(send).find(([opcode]) => opcode === 'connect')?.[1]).toBe(spoken);
    expect(send.includes('8.timezone')).toBe(spoken !== 'VERSION_1_0_0');
  });

  it('speaks no version where guacd names none', () => {
    const { send } = handshake(VNC).answer(['args', ...ARGS_1_3.vnc]);
    expect(readMessage(send).find(([opcode]) => opcode === 'connect')).toHaveLength(ARGS_1_3.vnc.length + 1);
  });

  it('counts a password in code points', () => {
    expect(connectOf(RDP)).toMatchObject({ hostname: '192.0.2.1', port: '3389', username: '関所', password: '鍵😀', domain: 'town', security: 'tls', 'ignore-cert': '' });
  });
});

describe.each([RDP, VNC])('the security parameters of $protocol', (settings) => {
  const relied = Object.entries(RELIED_ON[settings.protocol]);

  it('are sent, whatever the desktop’s record says of them', () => {
    const opposite = Object.fromEntries(relied.map(([name, value]) => [name, value === 'true' ? 'false' : 'true']));
    const sent = connectOf({ ...settings, parameters: { ...opposite, 'recording-path': '/etc', 'sftp-hostname': 'evil', 'drive-path': '/' } });
    expect(sent).toMatchObject(Object.fromEntries(relied));
    expect(sent['recording-path']).toBe('');
    if (settings.protocol === 'rdp') expect(sent['drive-path']).toBe('');
  });

  it.each(relied.map(([name]) => name))('must hold %s, or there is no connection', (missing) => {
    expect(refusalOf(() => connectOf(settings, ARGS_1_3[settings.protocol].filter((name) => name !== missing)))).toBe(`security-parameter-missing:${missing}`);
  });

  it('are put aside by nothing but what a test forces', () => {
    expect(connectOf(settings, ARGS_1_3[settings.protocol], { 'disable-copy': 'false' })['disable-copy']).toBe('false');
  });
});

describe('the settings of a desktop', () => {
  it.each([
    ['an unknown parameter', { ...RDP, parameters: { 'enable-webcam': 'true' } }, 'parameter-unknown:enable-webcam'],
    ['a parameter in capitals', { ...RDP, parameters: { 'Disable-Copy': 'false' } }, 'parameter-unknown:Disable-Copy'],
    ['a parameter that this guacd does not know', { ...RDP, parameters: { 'cert-fingerprints': 'aa' } }, 'parameter-unknown:cert-fingerprints'],
    ['a domain for VNC', { ...VNC, domain: 'town' }, 'parameter-unknown:domain'],
    ['another host among the parameters', { ...VNC, parameters: { hostname: 'evil' } }, 'parameter-unknown:hostname'],
    ['a password with a NUL', { ...VNC, password: 'a\0b' }, 'parameter-unfit:password'],
    ['a password beyond guacd’s bound', { ...VNC, password: 'x'.repeat(8_193) }, 'parameter-unfit:password'],
    ['more than an instruction holds', { ...RDP, password: '鍵'.repeat(8_000), username: '鍵'.repeat(8_000) }, 'parameter-unfit:connect'],
    ['a number where text belongs', { ...VNC, parameters: { 'color-depth': 24 } } as unknown as ConnectionSettings, 'parameter-unfit:color-depth'],
  ])('are refused with %s', (_what, settings, refusal) => {
    expect(refusalOf(() => connectOf(settings))).toBe(refusal);
  });

  it('never stand in the words of a refusal', () => {
    expect(() => connectOf({ ...VNC, password: 'top-secret\0' })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('top-secret') }));
  });
});

describe('the size of a display', () => {
  it('is brought within its bounds', () => {
    expect(fittingSize({ width: 99_999, height: 1, dpi: 0 }, limits)).toEqual({ width: 8_192, height: 16, dpi: 24 });
    expect(fittingSize({ width: 1024.7, height: 768, dpi: 10_000 }, limits)).toEqual({ width: 1024, height: 768, dpi: 960 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('of %s is refused', (width) => {
    expect(refusalOf(() => fittingSize({ width, height: 1, dpi: 96 }, limits))).toBe('parameter-unfit:width');
  });
});
