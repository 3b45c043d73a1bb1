// What a rush of sign-ins costs those who sign in and those who are at work. The gateway that is measured is a process of its own; this one
// plays the browsers and a guacd. Ratios within one run count, not milliseconds.
import type { WebSocket } from 'ws';
import { writeInstruction } from '../gateway/relay/wire/instruction.ts';
import { addDesktop } from '../test/support/add-desktop.ts';
import { startGateway, type TestGateway } from '../test/support/gateway.ts';
import { createHttpClient } from '../test/support/http-client.ts';
import { startLyingGuacd, type LyingConnection, type LyingGuacd } from '../test/support/lying-guacd.ts';
import { startNeighbour, type Neighbour } from '../test/support/neighbour.ts';
import type { Person } from '../test/support/people.ts';
import { dialRelay } from '../test/support/relay-client.ts';

type Spread = { readonly p50: number; readonly p95: number; readonly p99: number };
export type SignInFigures = {
  readonly people: number;
  readonly sessions: number;
  /** Seconds into which the ten minutes were compressed. */
  readonly seconds: number;
  /** How many got in, with both steps. */
  readonly signedIn: number;
  /** A whole sign-in, in milliseconds; the p95 of the rush against the one of single sign-ins. */
  readonly signIn: { readonly idle: Spread; readonly rush: Spread; readonly ratio: number };
  /** From guacd through the gateway to the browser, in milliseconds; the p99 during the rush, and during a flood of guesses, against the one without either. */
  readonly relay: { readonly idle: Spread; readonly rush: Spread; readonly flood: Spread; readonly ratio: number; readonly floodRatio: number };
  /** First step, in milliseconds: a name that nobody bears, and a wrong password. */
  readonly timing: { readonly unknown: Spread; readonly wrong: Spread; readonly ratio: number };
};

const TEN_MINUTES = 600;
const SINGLE = 30;
/** Tries of each kind for the timing. */
const TIMED = 100;
const FLOOD_SECONDS = 10;
/** Instructions a second to each session. */
const PICTURES = 2;

/** @param people as many as would sign in within ten minutes. @param compression how much faster than that */
export async function benchSignIn({ people, sessions, compression }: { people: number; sessions: number; compression: number }): Promise<SignInFigures> {
  const guacd = await startLyingGuacd();
  const settings = { SEKISHO_GUACD: `${guacd.host}:${guacd.port}`, SEKISHO_TRUSTED_PROXIES: '127.0.0.1', SEKISHO_CONNECTIONS_PER_ADDRESS: '10000' };
  const one = await startGateway({ guacd: settings.SEKISHO_GUACD, settings });
  const other = await startNeighbour(one, settings);
  try {
    const all = await addPeople(one, people + SINGLE + sessions);
    const relay = await openSessions(one, other, guacd, all.slice(0, sessions));
    const single = all.slice(sessions, sessions + SINGLE);
    const rushing = all.slice(sessions + SINGLE);
    const seconds = TEN_MINUTES / compression;

    const idle: number[] = [];
    const relayIdle = await relay.during(async () => {
      for (const person of single) idle.push(await signIn(one, other, person, address(0)));
    });
    const rush: number[] = [];
    const relayRush = await relay.during(async () => {
      const begun = performance.now();
      await Promise.all(rushing.map(async (person, index) => {
        await until(begun + (index * seconds * 1000) / rushing.length);
        rush.push(await signIn(one, other, person, address(index % 2 === 0 ? 1 : index)));
      }));
    });
    const relayFlood = await relay.during(() => flood(other));
    const timing = await timings(other, [...single, ...rushing].slice(0, TIMED));
    const [signInIdle, signInRush] = [spread(idle), spread(rush)];
    return {
      people,
      sessions,
      seconds,
      signedIn: rush.length,
      signIn: { idle: signInIdle, rush: signInRush, ratio: round(signInRush.p95 / signInIdle.p95) },
      relay: { idle: relayIdle, rush: relayRush, flood: relayFlood, ratio: round(relayRush.p99 / relayIdle.p99), floodRatio: round(relayFlood.p99 / relayIdle.p99) },
      timing,
    };
  } finally {
    await other.stop();
    await one.stop();
    await guacd.stop();
  }
}

/** Each with a desktop; a few at a time. */
async function addPeople(gateway: TestGateway, count: number): Promise<Person[]> {
  const first = await gateway.addPerson();
  const made = [first];
  while (made.length < count) made.push(...(await Promise.all(Array.from({ length: Math.min(8, count - made.length) }, () => gateway.addPerson({ colleagueOf: first })))));
  return made;
}

const clientOf = ({ origin, ca }: Neighbour, from: string) => {
  const client = createHttpClient({ origin, ca });
  const call: typeof client.call = (method, path, sent = {}) => client.call(method, path, { ...sent, headers: { ...sent.headers, 'x-forwarded-for': from } });
  return { ...client, call };
};
const address = (number: number) => `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;

/** Both steps, waiting for one's turn as the page does. @returns milliseconds */
async function signIn(one: TestGateway, other: Neighbour, person: Person, from: string): Promise<number> {
  const client = clientOf(other, from);
  const begun = performance.now();
  for (;;) {
    const answer = await client.call('POST', '/api/sign-in', { json: { username: person.username, password: person.password } });
    if (answer.status === 200) break;
    if (answer.json().code !== 'sign-in-busy') throw new Error(`a sign-in was refused: ${answer.text}`);
    await until(performance.now() + Number(answer.headers['retry-after']) * 1000);
  }
  const done = await client.call('POST', '/api/sign-in/totp', { json: { code: one.oneTimeCode(person) } });
  if (done.status !== 200) throw new Error(`a code was refused: ${done.text}`);
  return performance.now() - begun;
}

/** Guesses at names that nobody bears from thousands of addresses, a hundred under way at any time. */
async function flood(other: Neighbour): Promise<void> {
  const end = performance.now() + FLOOD_SECONDS * 1000;
  let number = 5_000;
  const guess = async () => {
    while (performance.now() < end) {
      number += 1;
      await clientOf(other, address(number)).call('POST', '/api/sign-in', { json: { username: `nobody-${number}`, password: 'a guess of some length' } });
    }
  };
  await Promise.all(Array.from({ length: 100 }, guess));
}

/** In turns, each from an address of its own, one try an account. */
async function timings(other: Neighbour, people: readonly Person[]): Promise<SignInFigures['timing']> {
  const [unknown, wrong]: [number[], number[]] = [[], []];
  for (const [turn, person] of people.entries()) {
    for (const [username, times] of [[`nobody-at-all-${turn}`, unknown], [person.username, wrong]] as const) {
      const client = clientOf(other, address(60_000 + turn));
      const begun = performance.now();
      await client.call('POST', '/api/sign-in', { json: { username, password: 'wrong, and of some length' } });
      times.push(performance.now() - begun);
    }
  }
  const [of, against] = [spread(unknown), spread(wrong)];
  return { unknown: of, wrong: against, ratio: round(of.p50 / against.p50) };
}

/** Opens sessions at the measured gateway and has pictures sent to them, of which each says when. */
async function openSessions(one: TestGateway, other: Neighbour, guacd: LyingGuacd, people: readonly Person[]) {
  const open: { socket: WebSocket; desktop: LyingConnection }[] = [];
  for (const person of people) {
    const client = await one.signedIn(person);
    const desktopId = await addDesktop(one.broker, person);
    const answer = await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } });
    if (answer.status !== 201) throw new Error(`no session: ${answer.text}`);
    const connected = guacd.next();
    const { socket } = await dialRelay(other, client, answer.json<{ id: string }>().id);
    const desktop = await connected;
    await desktop.send(writeInstruction('size', '0', '1024', '768'));
    open.push({ socket, desktop });
  }
  let measured: number[] = [];
  for (const { socket } of open) {
    socket.on('message', (data: Buffer) => {
      for (const [, sent] of data.toString().matchAll(/4\.sync,\d+\.(\d+)/g)) measured.push(performance.now() - Number(sent) / 100);
      // As a browser does, which keeps guacd's link alive.
      socket.send(writeInstruction('nop'));
    });
  }
  return {
    /** How long pictures take while something is done. */
    async during(work: () => Promise<unknown>): Promise<Spread> {
      measured = [];
      let turn = 0;
      // Spread over time, so that the sessions do not wait for one another.
      const sending = setInterval(() => {
        const { desktop } = open[turn % open.length]!;
        turn += 1;
        void desktop.send(writeInstruction('sync', String(Math.round(performance.now() * 100))));
      }, 1000 / (PICTURES * open.length));
      await Promise.all([work(), until(performance.now() + 5_000)]);
      clearInterval(sending);
      await until(performance.now() + 200);
      return spread(measured);
    },
  };
}

const until = (moment: number) => new Promise((reached) => setTimeout(reached, Math.max(0, moment - performance.now())));

function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((one, other) => one - other);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
const round = (figure: number) => Number(figure.toFixed(2));

function numberOf(name: string, usual: number): number {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? usual : Number(process.argv[index + 1]);
}

if (import.meta.main) {
  const found = await benchSignIn({ people: numberOf('people', 2_000), sessions: numberOf('sessions', 200), compression: numberOf('compression', 5) });
  if (!process.argv.includes('--json')) {
    console.log(`a sign-in, p95: ${found.signIn.idle.p95} ms alone, ${found.signIn.rush.p95} ms in the rush (${found.signIn.ratio} ×); ${found.signedIn} of ${found.people} got in`);
    console.log(`the relay, p99: ${found.relay.idle.p99} ms, ${found.relay.rush.p99} ms in the rush (${found.relay.ratio} ×), ${found.relay.flood.p99} ms in a flood (${found.relay.floodRatio} ×)`);
    console.log(`unknown name ${found.timing.unknown.p50} ms, wrong password ${found.timing.wrong.p50} ms (${found.timing.ratio} ×)`);
  }
  console.log(JSON.stringify(found));
}
