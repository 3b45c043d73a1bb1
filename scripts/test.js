// `npm test`: sets up what is missing, then runs everything against the real parts. Arguments go to Jest.
// The last line counts what was executed: `Tests: N passed, N failed`, and `, N skipped` where any were.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureDebian } from './setup/ensure-debian.js';
import { ensurePackages } from './setup/ensure-packages.js';
import { ensureWebClient } from './setup/ensure-web-client.js';
import { projectNode, root } from './setup/place.js';
import { createProgress, orExit } from './setup/progress.js';

const given = process.argv.slice(2);
// Tests of the whole product measure time and share the screen's processors, so they run alone.
const passes = given.length > 0 ? [['--maxWorkers=2', ...given]] : [['--maxWorkers=2', '--testPathIgnorePatterns=/test/e2e/'], ['--maxWorkers=2', 'test/e2e/pages/'], ['--runInBand', 'test/e2e/office/']];

await orExit(async () => {
  const progress = createProgress(3 + passes.length);
  await ensurePackages(progress);
  await ensureDebian(progress, { browser: true });
  await ensureWebClient(progress);
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const reasons = [];
  const begun = performance.now();
  for (const [index, args] of passes.entries()) {
    progress.step(`tests: jest ${args.join(' ')}`);
    const counts = await runJest(args, join(root, 'var', `test-results-${index + 1}.json`));
    for (const kind of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[kind] += counts[kind];
    reasons.push(...counts.reasons);
  }
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
  // Said again here, since a long output is read from its end.
  for (const reason of reasons) console.log(reason);
  console.log(`The tests took ${Math.round((performance.now() - begun) / 1000)} s.`);
  console.log(`Tests: ${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
});

/**
 * @param {readonly string[]} args
 * @param {string} resultFile
 */
async function runJest(args, resultFile) {
  mkdirSync(join(root, 'var'), { recursive: true });
  rmSync(resultFile, { force: true });
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(projectNode, [...flags, jest, '--json', `--outputFile=${resultFile}`, ...args], { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches Jest as well; what it says still counts.
  process.on('SIGINT', () => undefined);
  /** @type {number} */
  const code = await new Promise((done) => child.once('close', (status) => done(status ?? 1)).once('error', () => done(1)));
  const counts = countsIn(resultFile);
  // A run that failed without a failed test (a file that does not load, Jest itself) is a failure all the same.
  return { ...counts, failed: counts.failed + (code !== 0 && counts.failed === 0 ? 1 : 0) };
}

function countsIn(/** @type {string} */ resultFile) {
  try {
    const results = JSON.parse(readFileSync(resultFile, 'utf8'));
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      reasons: results.testResults.flatMap(failuresOf),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0, reasons: [] };
  }
}

/**
 * @param {{ name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} file
 * @returns {string[]}
 */
function failuresOf(file) {
  if (file.status !== 'failed') return [];
  const failed = file.assertionResults.filter((test) => test.status === 'failed');
  const messages = failed.length === 0 ? [file.message] : failed.map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`);
  return messages.map((message) => `Failed: ${relative(root, file.name)}: ${message.trim().split('\n').slice(0, 16).join('\n')}`);
}
