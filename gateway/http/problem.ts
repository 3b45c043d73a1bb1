/** The only place where an error becomes an answer (RFC 9457), in the language of whoever asked. */
import { randomUUID } from 'node:crypto';
import { CODES, Refusal, type Code, type Help, type Language } from '../../broker/port.ts';
import type { Log } from '../log/index.ts';
import { expectation, helpText, textOf } from '../text/index.ts';
import { RequestInvalid } from './request-invalid.ts';
import type { Answer } from './route.ts';
import type { Help as HelpShown, Problem } from './schemas/index.ts';

/** Enough to correct a form by; more would only repeat a flood. */
const MOST_FIELDS = 20;
const LONGEST_PATH = 100;

export type Where = { readonly method: string; readonly route: string };

/** Never a stack trace. A fault of the service's own is logged under the incident's name, which the answer carries too. */
export function problemAnswer(error: unknown, language: Language, { log, where }: { log: Pick<Log, 'error'>; where: Where }): Answer {
  const code = codeOf(error);
  if (code !== 'internal-error') return answer(document(code, language, error));
  const incident = randomUUID();
  log.error('a request failed', { requestId: incident, ...where, error });
  return answer({ ...document(code, language, error), incident });
}

/** The code of anything thrown; what is not known is `internal-error`. */
export function codeOf(error: unknown): Code {
  if (error instanceof Refusal) return error.code;
  if (error instanceof RequestInvalid) return 'request-invalid';
  return codeOfParser(error) ?? 'internal-error';
}

/** Express and its body parser mark what the request is to blame for with a 4xx `status`. */
function codeOfParser(error: unknown): Code | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status === 413) return 'request-too-large';
  if (error.status === 415) return 'request-not-json';
  return error.status >= 400 && error.status < 500 ? 'request-invalid' : undefined;
}

function document(code: Code, language: Language, error: unknown): Problem {
  const { support, http } = CODES[code];
  const details = error instanceof Refusal ? error.details : {};
  const fields = error instanceof RequestInvalid ? fieldsOf(error, language) : details.fields?.map((field) => ({ ...field }));
  return {
    type: `urn:sekisho:${code}`,
    ...textOf(code, language),
    status: http,
    code,
    support,
    ...(details.reasons && { reasons: details.reasons.map((reason) => ({ code: reason, support: CODES[reason].support, text: textOf(reason, language).detail, ...saidIn(details.said?.[reason]?.[language]) })) }),
    ...(details.outcome && { outcome: details.outcome }),
    ...(details.help && details.help.length > 0 && { help: details.help.map((help) => helpView(help, language)) }),
    ...(fields && fields.length > 0 && { fields }),
    ...(details.clockDrift && { clockDrift: details.clockDrift }),
    ...(details.before !== undefined && { before: details.before }),
    ...(details.ended !== undefined && { ended: details.ended }),
    ...(details.retryAfterSeconds !== undefined && { retryAfterSeconds: Math.ceil(details.retryAfterSeconds) }),
  };
}

/** A discriminated union, so that each kind shows its own and nothing else. */
function helpView(help: Help, language: Language): HelpShown {
  const text = helpText(help, language);
  if (help.kind === 'site') return { ...help, sites: [...help.sites], text };
  return help.kind === 'time' ? { ...help, at: help.at.toISOString(), text } : { ...help, text };
}

const saidIn = (said: string | undefined) => (said === undefined ? {} : { said });

function fieldsOf({ issues }: RequestInvalid, language: Language): { path: string; expected: string }[] {
  const fields = issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.slice(0, MOST_FIELDS).map((path) => ({ path: path.map(String).join('.').slice(0, LONGEST_PATH), expected: expectation(issue, language) }));
  });
  return fields.slice(0, MOST_FIELDS);
}

function answer(problem: Problem): Answer {
  return {
    status: problem.status,
    json: problem,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(problem.retryAfterSeconds !== undefined && { 'retry-after': String(problem.retryAfterSeconds) }),
      ...(problem.status === 413 && { connection: 'close' }),
    },
  };
}
