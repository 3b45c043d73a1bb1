import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, untilListening } from './keeper/free.ts';
import { serve } from './keeper/serve.ts';
import { silent, type Log } from './log.ts';

export interface Guacd {
  readonly host: string;
  readonly port: number;
  /** Absent where `SEKISHO_GUACD` gave one that runs already. */
  readonly pid?: number;
  /** A directory that guacd may write to, for redirected drives; absent where it is not ours. */
  readonly scratch?: string;
  /** Ends it, unless it is not ours. May be called more than once. */
  stop(): Promise<void>;
}

export interface GuacdOptions {
  /** TCP port on the loopback address; a free one when left away. */
  readonly port?: number;
  readonly log?: Log;
  /** Overrides what the environment variable `SEKISHO_GUACD` (`host:port`) says; empty to start one all the same. */
  readonly given?: string | undefined;
}

/** Debian's own account for guacd, `daemon`. */
const DAEMON = 1;

/** The guacd of `SEKISHO_GUACD` where set, otherwise one that is started here. As root, guacd runs as `daemon`. */
export async function startGuacd(options: GuacdOptions = {}): Promise<Guacd> {
  const { log = silent, given = process.env['SEKISHO_GUACD'] ?? '' } = options;
  if (given !== '') return givenGuacd(given);

  const port = options.port ?? (await freePort());
  const root = process.getuid?.() === 0;
  const scratch = await mkdtemp(join(tmpdir(), 'sekisho-guacd-'));
  if (root) await chown(scratch, DAEMON, DAEMON);
  const server = serve('guacd', ['-f', '-b', '127.0.0.1', '-l', `${port}`, '-L', 'info'], {
    cwd: scratch,
    // FreeRDP keeps its settings in the home directory.
    env: { PATH: '/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: scratch, LANG: 'C.UTF-8' },
    prefix: root ? [`--reuid=${DAEMON}`, `--regid=${DAEMON}`, '--clear-groups'] : [],
    log,
  });
  const stop = async () => {
    await server.end();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await Promise.race([untilListening(port), server.failed]);
  } catch (cause) {
    await stop();
    throw new Error('guacd did not start', { cause });
  }
  return { host: '127.0.0.1', port, pid: server.process.pid!, scratch, stop };
}

/** The first of the list; TLS is the gateway's business, not this one's. */
function givenGuacd(list: string): Guacd {
  const [, host, port] = /^(?:tls:\/\/)?\[?([^\],]+?)\]?:(\d+)(?:,|$)/.exec(list) ?? [];
  if (host === undefined || port === undefined) throw new Error(`SEKISHO_GUACD is not host:port: ${list}`);
  return { host, port: Number(port), stop: () => Promise.resolve() };
}
