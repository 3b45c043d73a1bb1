/**
 * `npm run prove:queue [-- --histories N] [--seed N]`: random histories of offices whose seats run short, a million unless said otherwise. Ends with 1 and
 * names the history where a rule is broken; `--seed THAT --histories 1` lives it again.
 */
import { parseArgs } from 'node:util';
import { liveThrough } from './queue/histories.ts';

const { values } = parseArgs({ options: { histories: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } } });
const [histories, seed] = [Number(values.histories), Number(values.seed)];
if (!Number.isInteger(histories) || histories < 1 || !Number.isInteger(seed)) {
  console.error('--histories and --seed take whole numbers');
  process.exit(2);
}
const begun = performance.now();
const seconds = () => Math.round((performance.now() - begun) / 1000);
try {
  const lived = liveThrough(seed, histories, { onProgress: (done) => done % 50_000 === 0 && console.log(`${done.toLocaleString('en')} of ${histories.toLocaleString('en')} histories, ${seconds()} s`) });
  console.log(JSON.stringify({ seed, ...lived, seconds: seconds() }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
