import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';

const MIRROR = 'http://deb.debian.org/debian';

/**
 * A Debian 12 with git, Node.js 20 and npm, and nothing else (sudo apart, for the ordinary user's sake), made by debootstrap
 * once. Debian's own Node.js is 18: the machine's Node.js 20 and its npm are copied in.
 *
 * @param {string} directory where it is kept
 */
export function makeBaseRoot(directory) {
  if (existsSync(directory)) return;
  if (!process.version.startsWith('v20.')) throw new Error(`This must run on Node.js 20, which is copied into the root; it runs on ${process.version}`);
  const part = `${directory}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  execFileSync('debootstrap', ['--variant=minbase', '--include=git,ca-certificates,sudo', 'bookworm', part, MIRROR], { stdio: 'inherit' });
  const lines = [
    `deb ${MIRROR} bookworm main`,
    `deb ${MIRROR} bookworm-updates main`,
    `deb ${MIRROR}-security bookworm-security main`,
  ];
  writeFileSync(join(part, 'etc/apt/sources.list'), `${lines.join('\n')}\n`);

  cpSync(process.execPath, join(part, 'usr/bin/node'));
  const npm = dirname(execFileSync('readlink', ['-f', '/usr/bin/npm'], { encoding: 'utf8' }).trim());
  cpSync(join(npm, '..'), join(part, 'usr/lib/node_modules/npm'), { recursive: true, verbatimSymlinks: true });
  for (const name of ['npm', 'npx']) execFileSync('ln', ['-s', `../lib/node_modules/npm/bin/${name}-cli.js`, join(part, 'usr/bin', name)]);

  // How this machine reaches the network, if it needs more than the usual: certificates, names, npm's and apt's settings.
  for (const file of ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl/certs/ca-certificates.crt']) {
    if (existsSync(file)) cpSync(file, join(part, file), { dereference: true });
  }
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  writeFileSync(join(part, 'etc/npmrc'), `registry=${registry}\ncafile=/etc/ssl/certs/ca-certificates.crt\n`);
  mkdirSync(join(part, 'usr/etc'), { recursive: true });
  cpSync(join(part, 'etc/npmrc'), join(part, 'usr/etc/npmrc'));

  execFileSync('chroot', [part, 'useradd', '--create-home', '--shell', '/bin/bash', 'worker']);
  writeFileSync(join(part, 'etc/sudoers.d/worker'), 'worker ALL=(ALL) NOPASSWD: ALL\n', { mode: 0o440 });
  execFileSync('chroot', [part, 'git', 'config', '--system', '--add', 'safe.directory', '*']);
  renameSync(part, directory);
}
