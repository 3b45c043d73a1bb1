import 'reflect-metadata';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { X509CertificateGenerator } from '@peculiar/x509';
import { openGuacdLink } from '../../../gateway/relay/guacd/link.ts';
import type { GuacdAddress } from '../../../gateway/relay/index.ts';

const LIMITS = { guacdConnectMs: 300, closingMs: 200 };
let server: Server;

afterEach(() => new Promise((done) => server.close(done)));

async function listen(created: Server): Promise<number> {
  server = created;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** Resolves with `connected` or the code with which the link was lost. */
function outcomeOf(address: GuacdAddress): Promise<string> {
  return new Promise((resolve) => {
    const link = openGuacdLink(address, LIMITS, {
      connected() {
        resolve('connected');
        link.close('');
      },
      data: () => undefined,
      drained: () => undefined,
      lost: resolve,
    });
  });
}

async function selfSigned(name: string): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({ name: `CN=${name}`, keys, signingAlgorithm: algorithm });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`, cert: certificate.toString('pem') };
}

describe('a link to guacd over TLS', () => {
  it('is made only with a certificate that is trusted and of the right name', async () => {
    const { key, cert } = await selfSigned('guacd.example');
    const port = await listen(createTlsServer({ key, cert }, (socket) => socket.on('error', () => undefined)));
    const host = '127.0.0.1';
    expect(await outcomeOf({ host, port, tls: { ca: cert, servername: 'guacd.example' } })).toBe('connected');
    expect(await outcomeOf({ host, port, tls: { servername: 'guacd.example' } })).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await outcomeOf({ host, port, tls: { ca: cert, servername: 'other.example' } })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await outcomeOf({ host, port, tls: { ca: cert } })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('does not wait for ever for a guacd that speaks none', async () => {
    const port = await listen(createTcpServer((socket) => socket.on('error', () => undefined).resume()));
    expect(await outcomeOf({ host: '127.0.0.1', port, tls: {} })).toBe('timeout');
    expect(await outcomeOf({ host: '127.0.0.1', port })).toBe('connected');
  });
});

it('a link says farewell, and is cut when guacd does not close', async () => {
  let heard = '';
  const gone = Promise.withResolvers<number>();
  const begun = performance.now();
  const port = await listen(
    createTcpServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (chunk) => void (heard += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => gone.resolve(performance.now() - begun));
      const flood = setInterval(() => socket.write('x'.repeat(1_000)), 5);
      socket.on('close', () => clearInterval(flood));
    }),
  );
  const link = openGuacdLink({ host: '127.0.0.1', port }, LIMITS, {
    connected() {
      link.pause();
      link.close('10.disconnect;');
      link.close('again');
    },
    data: () => undefined,
    drained: () => undefined,
    lost: () => {
      throw new Error('A link that was closed is not lost');
    },
  });
  expect(await gone.promise).toBeGreaterThanOrEqual(LIMITS.closingMs - 20);
  expect(heard).toBe('10.disconnect;');
});
