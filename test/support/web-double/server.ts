import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { answer, type Answer } from './api.ts';
import { attachRelay, type PaintedRelay } from './painted-relay.ts';
import { officeScene, type Scene } from './scene.ts';

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

/** The headers of security.md, so that a page that breaks them is found here. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'clipboard-read=(), clipboard-write=(), camera=(), microphone=(), display-capture=()',
};

export type WebDouble = { readonly url: string; readonly scene: Scene; readonly relay: PaintedRelay; close(): Promise<void> };

/**
 * The built web client in front of answers that a test sets by hand: for states that a real office takes long to reach
 * (a throttled account, a refusal with three reasons, a line that breaks). Loopback only.
 */
export async function startWebDouble(dist: string, scene: Scene = officeScene()): Promise<WebDouble> {
  const server = createServer((request, response) => void serve(dist, scene, request, response));
  const relay = attachRelay(server, scene);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    scene,
    relay,
    close: async () => {
      relay.closeAll(1001, '');
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(dist: string, scene: Scene, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (!path.startsWith('/api/')) return serveFile(dist, path, response);
  const text = await bodyOf(request);
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  send(response, answer(scene, `${request.method} ${path}`, body, searchParams));
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { ...headers, 'content-type': type, 'cache-control': 'no-store' }).end(body === undefined ? undefined : JSON.stringify(body));
}

async function serveFile(dist: string, path: string, response: ServerResponse): Promise<void> {
  const file = extname(path) === '' ? '/index.html' : normalize(path);
  try {
    const content = await readFile(join(dist, file));
    response.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(content);
  } catch {
    response.writeHead(404, headers).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
