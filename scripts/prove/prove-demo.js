import { createInterface } from 'node:readline';

/** How long the demo may take to come up, set-up included, in milliseconds. */
const LIMIT = 15 * 60_000;

/**
 * Starts the demo, looks at it, ends it with Ctrl-C and expects it to end in order.
 *
 * @param {import('./enter-root.js').Inside} inside
 */
export async function proveDemo(inside) {
  const look = [
    'until grep -q "^Ready" /tmp/demo.log; do kill -0 $demo || exit 70; sleep 1; done',
    `node -e 'require("https").get({host:"localhost",port:8443,path:"/healthz",rejectUnauthorized:false},r=>process.exit(r.statusCode===200?0:71))'`,
    'test "$(stat -c %a ~/sekisho/var/demo/accounts.json)" = 600 || exit 72',
    'test "$(stat -c %a ~/sekisho/var/demo/env)" = 600 || exit 72',
  ];
  // npm itself ends with 130 (128 + SIGINT) after Ctrl-C, once what it runs has ended.
  // A process group of its own, so that the signal reaches what a terminal's Ctrl-C would.
  const begin = 'set -m; cd ~/sekisho; npm run demo > /tmp/demo.log 2>&1 & demo=$!';
  const end = 'kill -INT -- -$demo; wait $demo; ended=$?; cat /tmp/demo.log; rm -f /tmp/demo.log; echo "seen $seen, ended $ended"; test $seen -gt 0 && exit $seen; test $ended -eq 130 || exit $ended';
  const command = `${begin}\n(${look.join(' && ')}); seen=$?; ${end}`;
  const child = inside.start(command);
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => console.log(line));
  const code = await new Promise((done) => child.once('close', (status) => done(status ?? 1)));
  clearTimeout(timer);
  if (code !== 0) throw new Error(`The demo did not come up and answer: ${code}`);
}
