import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs commands in a root, each in namespaces of its own for mounts and processes: whatever it mounts or leaves running is
 * gone with it.
 *
 * @param {{ root: string, user: string, repository: string, downloads: string }} place
 *   `repository` is seen, read-only, as /mnt/repository; `downloads` keeps Debian packages between runs
 */
export function enterRoot({ root, user, repository, downloads }) {
  mkdirSync(downloads, { recursive: true });
  const mounts = [
    `mount -t proc proc '${root}/proc'`,
    `mount --rbind /sys '${root}/sys'`,
    `mount --rbind /dev '${root}/dev'`,
    `mount -t devpts -o newinstance,ptmxmode=0666 devpts '${root}/dev/pts'`,
    `mount -t tmpfs -o mode=1777 tmpfs '${root}/dev/shm'`,
    `mkdir -p '${root}/mnt/repository' && mount --bind -o ro '${repository}' '${root}/mnt/repository'`,
    `mount --bind '${downloads}' '${root}/var/cache/apt/archives'`,
  ];
  const words = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];

  /** @param {string} command */
  const start = (command) => {
    // A login shell with nothing of this process's environment but where certificates are.
    const login = `exec chroot '${root}' env -i NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt setpriv --init-groups --reuid '${user}' --regid '${user}' "$@"`;
    const home = user === 'root' ? '/root' : `/home/${user}`;
    const shell = ['env', `HOME=${home}`, `USER=${user}`, 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'bash', '-c', `cd ~ && ${command}`];
    return spawn('unshare', [...words, 'sh', '-ec', `${mounts.join('\n')}\n${login}`, 'sh', ...shell], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  };

  return {
    start,
    /**
     * @param {string} command
     * @param {{ interrupt?: { seconds: number, signal: string } }} [options]
     * @returns {Promise<number>} exit code
     */
    run: async (command, { interrupt } = {}) => {
      const limited = interrupt ? `timeout --signal=${interrupt.signal} --kill-after=20 ${interrupt.seconds} bash -c '${command}'` : command;
      const child = start(limited);
      child.stdout?.pipe(process.stdout, { end: false });
      const code = await new Promise((done) => child.once('close', (status) => done(status ?? 1)));
      await pause(200);
      return code;
    },
  };
}

/** @typedef {ReturnType<typeof enterRoot>} Inside */
