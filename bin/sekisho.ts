import { run } from './run.ts';

/** The command line of the installation on this machine: organisations, people, duties, desktops, policy, audit trail. */
process.exitCode = await run(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, environment: process.env });
