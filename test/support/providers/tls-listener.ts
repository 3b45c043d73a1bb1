import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { developmentCertificate } from '../../../certs/development.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;
export type TlsListener = {
  readonly origin: string;
  /** What answers from now on. */
  answer(handle: Handle): void;
  /** As if its machine were switched off. Its port stays its own. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** Several listeners of one directory share a certificate, and its CA. */
export async function startTlsListener(directory: string): Promise<TlsListener> {
  const certificate = await developmentCertificate({ directory, hosts: ['localhost', '127.0.0.1', '::1'], now: new Date() });
  let handle: Handle = (_request, response) => response.writeHead(503).end();
  const listen = async (port: number) => {
    const server = createServer(certificate, (request, response) => handle(request, response));
    await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
    return server;
  };
  let server: Awaited<ReturnType<typeof listen>> | undefined = await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    answer: (next) => (handle = next),
    async start() {
      server ??= await listen(port);
    },
    async stop() {
      const closing = server;
      server = undefined;
      closing?.closeAllConnections();
      if (closing) await new Promise((done) => closing.close(done));
    },
  };
}

export const caOf = (directory: string): Promise<string> => readFile(join(directory, 'development-ca.pem'), 'utf8');
