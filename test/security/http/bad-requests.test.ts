import * as fc from 'fast-check';
import { Problem } from '../../../gateway/http/schemas/index.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { Answer, HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

let gateway: TestGateway;
let person: Person;
let client: HttpClient;
let desktopId: string;
beforeAll(async () => {
  gateway = await startGateway();
  person = await gateway.addPerson();
  client = await gateway.signedIn(person);
  desktopId = await addDesktop(gateway.broker, person);
});
afterAll(() => gateway?.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const raw = (body: string | Buffer, headers: Record<string, string | undefined> = JSON_TYPE) => gateway.browser().call('POST', '/api/sign-in', { body, headers });
const told = (answer: Answer) => [answer.status, Problem.strict().parse(answer.json()).code];

describe('a body', () => {
  it.each([
    ['is no JSON', '{"username":', 400, 'request-invalid'],
    ['is empty', '', 400, 'request-invalid'],
    ['is a list', '[]', 400, 'request-invalid'],
    ['is null', 'null', 400, 'request-invalid'],
    ['has a field too many', '{"username":"a","password":"b","role":"system-admin"}', 400, 'request-invalid'],
    ['brings a prototype', '{"username":"a","password":"b","__proto__":{"admin":true}}', 400, 'request-invalid'],
    ['brings a constructor', '{"username":"a","password":"b","constructor":{"prototype":{}}}', 400, 'request-invalid'],
    ['holds a NUL', String.raw`{"username":"a\u0000","password":"b"}`, 400, 'request-invalid'],
    ['holds half a surrogate pair', String.raw`{"username":"\ud800","password":"b"}`, 400, 'request-invalid'],
    ['has the wrong types', '{"username":["a"],"password":{"$gt":""}}', 400, 'request-invalid'],
    ['is nested without end', '['.repeat(60_000), 400, 'request-invalid'],
    ['is no UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 415, 'request-not-json'],
    ['is UTF-16', Buffer.from('{"username":"a","password":"b"}', 'utf16le'), 400, 'request-invalid'],
    ['is too large', `{"username":"${'a'.repeat(70_000)}"}`, 413, 'request-too-large'],
  ] as const)('that %s is refused', async (_what, body, status, code) => {
    expect(told(await raw(body))).toEqual([status, code]);
  });

  it.each([
    [{ 'content-type': undefined }],
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/x-www-form-urlencoded' }],
    [{ 'content-type': 'multipart/form-data; boundary=x' }],
    [{ 'content-type': 'application/json; charset=utf-16' }],
    [{ 'content-type': 'application/jsonp' }],
    [{ ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ])('sent as %j is refused', async (headers) => {
    expect(told(await raw('{"username":"a","password":"b"}', headers))).toEqual([415, 'request-not-json']);
  });

  it('of one field too many names the field and what is expected', async () => {
    const answer = await client.call('POST', '/api/leases', { json: { desktopId: 'x', dutyId: person.dutyId, credentials: { username: 'a' } }, headers: { 'accept-language': 'en' } });
    const { fields } = Problem.parse(answer.json());
    expect(fields!.map(({ path }) => path).toSorted()).toEqual(['credentials.password', 'desktopId']);
    for (const { expected } of fields!) expect(expected).toMatch(/。$/);
  });

  it('where none belongs is refused', async () => {
    expect(told(await client.call('POST', '/api/sign-out', { json: {} }))).toEqual([400, 'request-invalid']);
    expect((await client.call('GET', '/api/me')).status).toBe(200);
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/api/leases/%E0%A4%A', 400],
    ['GET', '/api/leases/%00', 404],
    ['GET', '/api/leases/..%2f..%2fme', 404],
    ['GET', '/api/nothing', 404],
    ['GET', '/API/ME', 404],
    ['GET', '/api/me/', 404],
    ['GET', '//api/me', 404],
    ['GET', '/api/me?verbose=1', 400],
    ['GET', '/api/me/sign-ins?cursor=a&cursor=b', 400],
    ['GET', '/api/me/sign-ins?cursor[$ne]=x', 400],
    ['GET', '/api/me/sign-ins?cursor=garbage', 400],
    ['GET', '/api/me/sign-ins?limit=1000000', 400],
    ['GET', '/api/me/sign-ins?__proto__[x]=1', 400],
    ['GET', '/assets/..%2f..%2f..%2fpackage.json', 404],
    ['GET', '/assets/%2e%2e%2fpackage.json', 404],
    ['GET', '/package.json', 404],
    ['GET', '/index.html', 404],
    ['PATCH', '/api/me', 405],
    ['POST', '/api/me', 405],
    ['TRACE', '/api/me', 405],
    ['OPTIONS', '/api/sign-in', 405],
  ])('%s %s is told %i', async (method, path, status) => {
    const answer = await client.call(method, path);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
    if (status === 405) expect(answer.headers['allow']).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
  });

  it('that is very long is told 404', async () => {
    expect((await client.call('GET', `/api/leases/${'a'.repeat(5_000)}`)).status).toBe(404);
  });
});

describe('another site', () => {
  it.each([
    ['sends a form', { 'origin': 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
    ['hides its origin', { 'origin': 'null', 'sec-fetch-site': 'cross-site' }],
    ['is a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['is none, but says nothing of itself', { 'origin': undefined, 'sec-fetch-site': undefined }],
  ])('that %s is refused before anything else', async (_what, headers) => {
    for (const [method, path] of [['POST', '/api/sign-in'], ['POST', '/api/sign-out'], ['PUT', '/api/me/language'], ['POST', '/api/leases'], ['DELETE', `/api/leases/${desktopId}`]] as const) {
      expect([path, ...told(await client.call(method, path, { headers }))]).toEqual([path, 403, 'request-foreign-origin']);
    }
    expect((await client.call('GET', '/api/me')).status).toBe(200);
  });

  it('cannot read either', async () => {
    expect(told(await client.call('GET', '/api/me', { headers: { 'sec-fetch-site': 'cross-site' } }))).toEqual([403, 'request-foreign-origin']);
  });

  it('is given no leave by any header', async () => {
    for (const path of ['/', '/api/me', '/healthz', '/api/nothing']) {
      const { headers } = await client.call('GET', path, { headers: { origin: undefined } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });
});

describe('a fault', () => {
  it('is told without its cause, under a name that the log knows', async () => {
    const { signIns } = gateway.broker;
    const original = signIns.history;
    signIns.history = () => Promise.reject(new Error('relation "sign_in" in schema hunter2 does not exist'));
    const answer = await client.call('GET', '/api/me/sign-ins').finally(() => (signIns.history = original));
    const { incident } = Problem.strict().parse(answer.json());
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/hunter2|sign_in|\.ts|at /);
    expect(gateway.logged()).toContain(incident!);
  });
});

describe('whatever is sent', () => {
  const valid: readonly [string, string, () => object][] = [
    ['POST', '/api/sign-in', () => ({ username: person.username, password: person.password })],
    ['POST', '/api/sign-in/totp', () => ({ code: '123456' })],
    ['POST', '/api/invitations/view', () => ({ token: 'A'.repeat(43) })],
    ['POST', '/api/invitations/redeem', () => ({ token: 'A'.repeat(43), password: 'a long and rare sentence' })],
    ['PUT', '/api/me/language', () => ({ language: 'ja' })],
    ['POST', '/api/leases', () => ({ desktopId, dutyId: person.dutyId, credentials: { username: 'a', password: 'b', domain: 'c' } })],
  ];
  const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom('\u0000', '\ud800', '__proto__', '%00', "'; drop table person; --", '\u202e', 'ﬀ'.repeat(300), 1e308, -0, {}, []));

  it('is never answered by a fault', async () => {
    const change = fc.record({ target: fc.nat(valid.length - 1), field: fc.nat(5), value: odd, extra: fc.option(fc.tuple(fc.string(), odd), { nil: undefined }), cut: fc.option(fc.nat(200), { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(change, async ({ target, field, value, extra, cut }) => {
        const [method, path, make] = valid[target]!;
        const body: Record<string, unknown> = { ...make() };
        const names = Object.keys(body);
        body[names[field % names.length]!] = value;
        if (extra) Object.defineProperty(body, extra[0], { value: extra[1], enumerable: true, configurable: true });
        const text = JSON.stringify(body).slice(0, cut);
        const answer = await client.call(method, path, { body: text, headers: JSON_TYPE });
        expect([answer.status < 500 || answer.status === 503, method, path, text, answer.text]).toEqual([true, method, path, text, answer.text]);
        if (answer.status >= 400) Problem.strict().parse(answer.json());
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('to any path is never answered by a fault', async () => {
    const segment = fc.oneof(fc.webSegment(), fc.constantFrom('api', 'leases', 'me', 'sign-ins', 'assets', '%00', '%ff', '..', '.', '', '%2e%2e', '__proto__', 'constructor', '%', '%zz'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), fc.array(segment, { maxLength: 5 }), fc.webQueryParameters(), async (method, segments, query) => {
        const answer = await client.call(method, `/${segments.join('/')}?${query}`);
        expect([answer.status < 500 || answer.status === 503, method, segments, query]).toEqual([true, method, segments, query]);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });
});
