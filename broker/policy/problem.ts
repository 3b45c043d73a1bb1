/** One thing that is wrong in a policy file, with where it stands (line and column count from 1). */
export type PolicyProblem = { readonly file: string; readonly line: number; readonly column: number; readonly cause: string };

/** A policy that cannot be applied. The message names file, line, column and cause of each problem. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(({ file, line, column, cause }) => `${file}:${line}:${column}: ${cause}`).join('\n'));
    this.problems = problems;
  }
}
