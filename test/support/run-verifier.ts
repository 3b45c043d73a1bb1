import { runVerify, type Report } from '../../broker/audit/verify/main.ts';

/** Runs the verifier as the command line does and gives its exit code and its report. */
export async function runVerifier(argv: readonly string[], connectionString?: string): Promise<{ code: number; report: Report; errors: string }> {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runVerify([...argv, '--json'], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => errors.push(text) },
    ...(connectionString !== undefined && { connectionString }),
  });
  return { code, report: (out.length > 0 ? JSON.parse(out.join('')) : undefined) as Report, errors: errors.join('') };
}
