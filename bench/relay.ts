// What the channel guard costs: CPU time of carrying bytes from guacd to a WebSocket with the guard, against carrying
// them without looking. Both run in this process, over loopback, with the same reader; ratios count, not milliseconds.
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { createRefusals } from '../gateway/relay/guard/refusals.ts';
import { createServerGuard } from '../gateway/relay/guard/server-guard.ts';
import { resolveLimits } from '../gateway/relay/limits.ts';
import { createFramer } from '../gateway/relay/wire/framer.ts';
import { writeInstruction } from '../gateway/relay/wire/instruction.ts';
import { capture } from '../test/support/captures/index.ts';

const ROUNDS = 5;
const TOTAL_BYTES = 64 * 1024 ** 2;

const image = (content: string) => writeInstruction('img', 1, 14, 0, 'image/png', 0, 0) + content + writeInstruction('end', 1) + writeInstruction('sync', 1);
const traffic: Record<string, Buffer> = {
  'blobs of 8,064 characters': Buffer.from(image(writeInstruction('blob', 1, 'A'.repeat(8_064)).repeat(100))),
  'instructions of 40 bytes': Buffer.from((writeInstruction('copy', 0, 100, 200, 64, 64, 14, 0, 300, 400) + writeInstruction('sync', 123_456_789)).repeat(1_000)),
  'a real VNC stream': capture('vnc'),
};

type Transform = () => (chunk: Buffer) => Buffer | undefined;

const carriers: Record<string, Transform> = {
  'without looking': () => (chunk) => chunk,
  'channel guard': () => {
    const limits = resolveLimits();
    const framer = createFramer(limits);
    const ignore = () => undefined;
    const guard = createServerGuard(limits, createRefusals(), { toGuacd: ignore, desktopFailed: ignore, desktopLeft: ignore, frameSent: ignore, credentialsRequired: ignore, unknownOpcode: ignore });
    return (chunk) => {
      framer.feed(chunk, guard.visit);
      return guard.take();
    };
  },
};

for (const [name, unit] of Object.entries(traffic)) {
  const parse = parseRate(unit);
  const costs: Record<string, number> = {};
  for (const [carrier, transform] of Object.entries(carriers)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await carry(unit, transform()));
    costs[carrier] = median(rounds);
  }
  const [plain = 0, guarded = 0] = Object.values(costs);
  console.log(`${name}: ${plain.toFixed(2)} ms/MB without looking, ${guarded.toFixed(2)} with the guard (${(guarded / plain).toFixed(2)} ×); guard alone ${parse.toFixed(0)} MB/s`);
}

/** MB that the guard alone judges in a second of CPU time, in chunks of 64 KiB. */
function parseRate(unit: Buffer): number {
  const bytes = Buffer.concat(Array.from({ length: Math.ceil(TOTAL_BYTES / unit.length) }, () => unit));
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    const judge = carriers['channel guard']!();
    const begun = process.cpuUsage();
    for (let offset = 0; offset < bytes.length; offset += 65_536) judge(bytes.subarray(offset, offset + 65_536));
    const { user, system } = process.cpuUsage(begun);
    rates.push(bytes.length / (user + system));
  }
  return median(rates);
}

/** CPU milliseconds per MB of carrying the traffic from a TCP sender through the transform to a WebSocket client, all of them included. */
async function carry(unit: Buffer, transform: (chunk: Buffer) => Buffer | undefined): Promise<number> {
  const count = Math.ceil(TOTAL_BYTES / unit.length);
  const guacd = createServer((socket) => {
    let sent = 0;
    const more = () => {
      while (sent < count && !socket.destroyed) {
        sent++;
        if (!socket.write(unit)) {
          socket.once('drain', more);
          return;
        }
      }
      socket.end();
    };
    more();
  });
  const port = await listen(guacd);
  const relay = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await new Promise((done) => relay.once('listening', done));
  relay.once('connection', (webSocket) => {
    const link = connect(port, '127.0.0.1');
    link.on('data', (chunk) => {
      const passed = transform(chunk);
      if (passed === undefined) return;
      webSocket.send(passed, { binary: false }, () => link.isPaused() && webSocket.bufferedAmount < 262_144 && link.resume());
      if (webSocket.bufferedAmount >= 1_048_576) link.pause();
    });
    link.once('end', () => webSocket.close());
  });
  const begun = process.cpuUsage();
  const browser = new WebSocket(`ws://127.0.0.1:${(relay.address() as AddressInfo).port}`, { perMessageDeflate: false, skipUTF8Validation: true });
  browser.on('message', () => undefined);
  await new Promise((done) => browser.once('close', done));
  const { user, system } = process.cpuUsage(begun);
  relay.close();
  guacd.close();
  return (user + system) / 1e3 / ((count * unit.length) / 1e6);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
