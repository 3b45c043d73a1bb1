import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTIONS, type Role } from '../../../broker/port.ts';
import type { Route } from '../../../gateway/http/route.ts';
import { Problem } from '../../../gateway/http/schemas/index.ts';
import { businessDigest } from '../../support/business-digest.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createHttpClient, type Answer, type HttpClient } from '../../support/http-client.ts';
import { mutated, randomOf } from '../../support/mutations.ts';
import { sampleRequest } from '../../support/sample-request.ts';
import { addTownHall, ROLES, type TownHall } from '../../support/town-hall.ts';

/** Of bodies. */
const BYTES = Number(process.env['FUZZ_BYTES'] ?? 10_000_000);
const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_401);
/** Between two looks at whether a refused call has changed something. */
const AT_ONCE = 8;
/** Calls with spoilt addresses. */
const ADDRESSES = 1_500;
const SPOILT = ['', '0', '-1', '%00', '%ff', '%', '%E3%81%82', '..', '%2e%2e%2f', 'null', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '2026-02-30', '9999-12-31', '0001-01-01', '2026-11-24T00:00:00Z', 'a'.repeat(300), '%F0%9F%98%80', "'%20or%201=1", '%27%3b--', '99999', 'yes'];
/** Milliseconds. */
const PATIENCE = 10_000;
/** They hash passwords, of which only so many are hashed at once. */
const MAY_BE_BUSY = ['/api/sign-in', '/api/invitations/redeem'];

let gateway: TestGateway;
let town: TownHall;
let policies: string;
let agent: Agent;
let callers: (row: Route) => HttpClient;

beforeAll(async () => {
  policies = await slowPolicies();
  gateway = await startGateway({ settings: { SEKISHO_POLICY_DIR: policies } });
  town = await addTownHall(gateway);
  agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const [nobody, half] = [gateway.browser(), await gateway.halfSignedIn(await gateway.addPerson({ colleagueOf: town.subject }))];
  const keeping = ({ cookies }: HttpClient) => createHttpClient({ origin: gateway.origin, ca: gateway.ca, cookies: new Map(cookies), agent });
  callers = (row) => keeping(row.who === 'public' ? nobody : row.who === 'half-signed-in' ? half : town.clients[whoMay(row)]);
}, 120_000);
afterAll(async () => {
  agent?.destroy();
  await gateway?.stop();
  await rm(policies, { recursive: true, force: true });
});

it('near-valid addresses and queries are answered without a fault', async () => {
  const rows = gateway.routes.filter(({ accepts, page, who }) => page === undefined && who === 'signed-in' && (accepts.params !== undefined || accepts.query !== undefined));
  const wrong: string[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + ADDRESSES; seed += 1) {
    const row = rows[seed % rows.length]!;
    const random = randomOf(seed);
    const { method, path, body } = sampleRequest(row, { seed, ids: town.ids });
    const spoilt = path.replaceAll(/(?<=[/=])[^/=&?]+(?=[/&?]|$)/g, (part) => (random.below(3) === 0 ? random.oneOf(SPOILT) : part));
    const answer = await callers(row).call(method, `${spoilt}${random.oneOf(['', '', '&cursor=AAAA', '&__proto__=1', '&limit=1&limit=2', '?'])}`, body === undefined ? {} : { json: body });
    const fault = faultOf(row, answer);
    if (fault !== undefined) wrong.push(`seed ${seed}: ${method} ${spoilt}: ${fault}`);
  }
  expect(wrong).toEqual([]);
}, 300_000);

type Sent = { readonly seed: number; readonly row: Route; readonly bytes: number; readonly answer: Answer | undefined };

it(`${BYTES / 1e6} MB of random and near-valid bodies are answered without a fault, in time, and change nothing unless they are accepted`, async () => {
  const rows = gateway.routes.filter(({ accepts }) => accepts.body !== undefined);
  const answers = new Map<Route, Map<number, number>>(rows.map((row) => [row, new Map()]));
  const wrong: string[] = [];
  let [bytes, seed, looks, accepted] = [0, FIRST_SEED, 0, 0];
  let before = await businessDigest(gateway.database);
  while (bytes < BYTES && wrong.length < 10) {
    const batch = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => send(rows, seed + index)));
    seed += AT_ONCE;
    for (const { row, answer, ...sent } of batch) {
      bytes += sent.bytes;
      accepted += Number((answer?.status ?? 0) < 300);
      const fault = faultOf(row, answer);
      if (fault !== undefined) wrong.push(`seed ${sent.seed}: ${row.method} ${row.path}: ${fault}`);
      const counted = answers.get(row)!;
      counted.set(answer?.status ?? 0, (counted.get(answer?.status ?? 0) ?? 0) + 1);
    }
    const after = await businessDigest(gateway.database);
    if (batch.every(({ answer }) => (answer?.status ?? 0) >= 400)) {
      looks += 1;
      if (after !== before) wrong.push(`seeds ${batch[0]!.seed} to ${batch.at(-1)!.seed}: all were refused, and this changed: ${difference(before, after)}`);
    }
    before = after;
  }
  process.stdout.write(`${bytes} bytes in ${seed - FIRST_SEED} bodies to ${rows.length} routes from seed ${FIRST_SEED}; ${accepted} accepted; looked ${looks} times for what refused ones had changed\n`);
  expect(wrong).toEqual([]);
  // Else the bodies were refused for who sent them, and nobody looked into them.
  const neverRead = rows.filter((row) => [...answers.get(row)!.keys()].every((status) => status === 401 || status === 0));
  expect(neverRead.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  expect(looks).toBeGreaterThan(20);
  expect(accepted).toBeGreaterThan(20);
  for (const role of ROLES) expect([role, (await town.clients[role].call('GET', '/api/me')).status]).toEqual([role, 200]);
}, 900_000);

async function send(rows: readonly Route[], seed: number): Promise<Sent> {
  const row = rows[seed % rows.length]!;
  const random = randomOf(seed);
  const { method, path, body } = sampleRequest(row, { seed, ids: town.ids, ...(random.next() < 0.5 && { over: { csv: fileLike(seed) } }) });
  const sent = mutated(body, random, row.longestBody === undefined ? 60_000 : 300_000);
  const call = callers(row).call(method, path, { body: sent, headers: { 'content-type': 'application/json' } });
  return { seed, row, bytes: sent.length, answer: await inTime(call) };
}

function inTime(call: Promise<Answer>): Promise<Answer | undefined> {
  let timer: NodeJS.Timeout;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE)));
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}

function faultOf(row: Route, answer: Answer | undefined): string | undefined {
  if (answer === undefined) return `no answer within ${PATIENCE} ms`;
  if (answer.status >= 500 && !(answer.status === 503 && MAY_BE_BUSY.includes(row.path))) return `${answer.status} ${answer.text}`;
  if (answer.status >= 400 && !Problem.strict().safeParse(answer.json()).success) return `no problem document: ${answer.text.slice(0, 200)}`;
  return undefined;
}

/** Somebody who may call the row, and is none of those whom the bodies name; where no role suffices, somebody who is refused. */
function whoMay({ action }: Route): Role {
  return (action === undefined ? undefined : (ACTIONS[action] as readonly Role[])[0]) ?? 'staff';
}

/** A list as an import would read it, with some rows that are wrong. */
function fileLike(seed: number): string {
  const random = randomOf(seed);
  const columns = gateway.broker.people.importColumns(random.oneOf(['people', 'desktops']));
  const line = () => columns.map(() => random.oneOf(['', '総務課', 'a', '窓口', 'staff', 'rdp', '3389', '10.0.0.1', '"', 'x,y', '=1+1', `u${random.below(1e6)}`])).join(',');
  return [columns.join(','), ...Array.from({ length: random.below(200) }, line)].join('\r\n');
}

function difference(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line)).map((line) => line.split(':')[0]).join(', ');
}

/** The product's own, with a lease that is not given up meanwhile because nobody uses it. */
async function slowPolicies(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-fuzz-policies-'));
  await cp(join(import.meta.dirname, '../../../policies'), directory, { recursive: true });
  const file = join(directory, 'durations.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^ {2}unused: \S+/m, '  unused: 1h').replace(/^ {2}fresh-factor: \S+/m, '  fresh-factor: 30m'));
  return directory;
}
