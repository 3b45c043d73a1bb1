import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:https';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const PAGE = '<!doctype html><title>関所</title>';
const PROGRAM = 'console.log("程度");'.repeat(100);

let directory: string;
let pages: string;
let gateway: TestGateway;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-pages-'));
  pages = join(directory, 'dist');
  gateway = await startGateway({ overrides: { pages } });
});
afterAll(async () => {
  await gateway?.stop();
  await rm(directory, { recursive: true, force: true });
});

const html = { headers: { accept: 'text/html', origin: undefined } };
const build = async () => {
  await mkdir(join(pages, 'assets'), { recursive: true });
  await writeFile(join(pages, 'assets/index-abc123.js'), PROGRAM);
  await writeFile(join(pages, 'gate.svg'), '<svg/>');
  await writeFile(join(pages, 'secret.key'), 'secret');
  await writeFile(join(directory, 'outside.js'), 'outside');
  await writeFile(join(pages, 'index.html'), PAGE);
};

describe('a web client that was not built', () => {
  it('is told in so many words, in the reader\'s language, and is there once it is built', async () => {
    const before = await gateway.browser().call('GET', '/', html);
    expect([before.status, before.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(before.text).toContain('npm run build');
    expect((await gateway.browser().call('GET', '/sign-in', { headers: { ...html.headers, 'accept-language': 'en' } })).text).toContain('have not been built');
    await build();
    expect((await gateway.browser().call('GET', '/', html)).text).toBe(PAGE);
  });
});

describe('the pages', () => {
  beforeAll(build);

  it.each(['/', '/sign-in', '/welcome', '/session/3f0c2a52-3c53-4a3b-9d52-0a3f7a1d8b11', '/sign-ins', '/administration/people/3f0c2a52-3c53-4a3b-9d52-0a3f7a1d8b11', '/oversight/sessions', '/telework'])('%s is the application, never stored', async (path) => {
    const { status, text, headers } = await gateway.browser().call('GET', path, html);
    expect([status, text, headers['cache-control'], headers['content-type']]).toEqual([200, PAGE, 'no-store', 'text/html; charset=utf-8']);
  });

  it('allow nothing but their own files', async () => {
    const { headers } = await gateway.browser().call('GET', '/', html);
    const policy = Object.fromEntries(headers['content-security-policy']!.split(';').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]));
    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': `'self' ${gateway.origin.replace('https', 'wss')}`,
      'manifest-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
    });
    for (const feature of ['clipboard-read', 'clipboard-write', 'camera', 'microphone', 'display-capture']) expect(headers['permissions-policy']).toContain(`${feature}=()`);
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('that do not exist are the application with status 404 for people, a problem for programs', async () => {
    const people = await gateway.browser().call('GET', '/nowhere', html);
    expect([people.status, people.text]).toEqual([404, PAGE]);
    expect((await gateway.browser().call('GET', '/nowhere')).json().code).toBe('not-found');
    expect((await gateway.browser().call('GET', '/api/nowhere', html)).json().code).toBe('not-found');
  });

  it('bring files whose names change with their content, to be kept for good', async () => {
    const { status, text, headers } = await gateway.browser().call('GET', '/assets/index-abc123.js');
    expect([status, text]).toEqual([200, PROGRAM]);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'text/javascript; charset=utf-8', 'vary': 'accept-encoding' });
    const known = await gateway.browser().call('GET', '/gate.svg');
    expect(known.headers['cache-control']).toBe('no-cache');
    expect((await gateway.browser().call('GET', '/gate.svg', { headers: { 'if-none-match': known.headers['etag']! } })).status).toBe(304);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ] as const)('are sent to whoever accepts %j as %s', async (accepted, encoding, open) => {
    const { headers, bytes } = await fetchBytes('/assets/index-abc123.js', accepted);
    expect(headers['content-encoding']).toBe(encoding);
    expect(open(bytes).toString()).toBe(PROGRAM);
  });

  it.each(['/secret.key', '/assets/..%2f..%2foutside.js', '/assets/%2e%2e/%2e%2e/outside.js', '/..%2foutside.js', '/index.html', '/assets/'])('give %s to nobody', async (path) => {
    const { status, text } = await gateway.browser().call('GET', path);
    expect(status).toBe(404);
    expect(text).not.toMatch(/^(secret|outside)$/);
  });

  it('are the same by HEAD, without the body', async () => {
    const { status, text, headers } = await gateway.browser().call('HEAD', '/', html);
    expect([status, text, headers['content-length']]).toEqual([200, '', String(Buffer.byteLength(PAGE))]);
  });
});

describe('the description of the API', () => {
  it('names every route that is no page, with its answers', async () => {
    const answer = await gateway.browser().call('GET', '/api/openapi.json');
    const { openapi, paths } = answer.json<{ openapi: string; paths: Record<string, Record<string, { description?: string; responses: Record<string, unknown> }>> }>();
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method} ${path}`));
    const rows = gateway.routes.filter(({ page }) => !page).map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(described.toSorted()).toEqual(rows.toSorted());
    expect(Object.keys(paths['/api/leases']!['post']!.responses).toSorted()).toEqual(['201', '202', '400', '401', '403', '409', '413', '415', '422', '500']);
    expect(paths['/api/people']!['post']!.description).toBe('Needs a role that allows people.manage: system-admin.');
    expect(paths['/api/sessions/export.csv']!['get']!.responses['200']).toMatchObject({ content: { 'text/csv': expect.anything() } });
  });
});

function fetchBytes(path: string, encoding: string): Promise<{ headers: NodeJS.Dict<string | string[]>; bytes: Buffer }> {
  return new Promise((done, fail) => {
    const call = request(`${gateway.origin}${path}`, { ca: gateway.ca, headers: { 'accept-encoding': encoding }, agent: false, lookup: (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done({ headers: response.headers, bytes: Buffer.concat(chunks) }));
    });
    call.on('error', fail).end();
  });
}
