import type { Problem as ProblemDocument } from '../../../gateway/http/schemas/index.ts';

/** Codes of what goes wrong between the page and the gateway, before any answer can carry one of the gateway's own. */
export const LOCAL_CODES = ['network-unreachable', 'answer-unreadable', 'passkey-cancelled'] as const;
type LocalCode = (typeof LOCAL_CODES)[number];
/** Why a sign-in is over. */
export type SignInEnd = NonNullable<ProblemDocument['ended']>;
export type ProblemCode = ProblemDocument['code'] | LocalCode;

/** A call that was not granted: the gateway's problem document (RFC 9457), or what kept it from arriving. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly document: ProblemDocument | undefined;

  constructor(code: ProblemCode, status: number, document?: ProblemDocument) {
    super(code);
    this.code = code;
    this.status = status;
    this.document = document;
  }
}

/** True where the sign-in is over or was never finished, so that only a new one helps. */
export function signInIsOver(error: unknown): error is Problem {
  return error instanceof Problem && (error.code === 'sign-in-required' || error.code === 'sign-in-incomplete');
}
