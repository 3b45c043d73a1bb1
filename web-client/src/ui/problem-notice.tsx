import type { ReactNode } from 'react';
import { CODES } from '../../../broker/codes.ts';
import { LOCAL_CODES, Problem, type ProblemCode } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from './notice.tsx';

/** What went wrong, in plain words, what helps, and the code to read out on the phone. */
export function ProblemNotice({ error, children }: { error: unknown; children?: ReactNode }) {
  const { t } = useTexts();
  const problem = problemIn(error);
  const reasons = problem.document?.reasons ?? [];
  const several = reasons.length > 1;
  const code = known(reasons[0]?.code ?? problem.code);
  return (
    <Notice tone="error" live title={several ? t('problem.several') : t(`codes.${code}.title`)}>
      {several ? (
        <ul>
          {reasons.map((reason) => (
            <li key={reason.code}>
              <strong>{t(`codes.${known(reason.code)}.title`)}</strong>
              <br />
              {t(`codes.${known(reason.code)}.help`)} {reason.said} <SupportCode code={reason.support} />
            </li>
          ))}
        </ul>
      ) : (
        <>
          <p>{t(`codes.${code}.help`)}</p>
          {reasons[0]?.said !== undefined && <p>{reasons[0].said}</p>}
        </>
      )}
      {children}
      {!several && <Support code={reasons[0]?.support ?? problem.document?.support} incident={problem.document?.incident} />}
    </Notice>
  );
}

/** The line with the code that a person reads out when asking for help. */
export function Support({ code, incident }: { code: string | undefined; incident?: string | undefined }) {
  const { t } = useTexts();
  if (code === undefined) return null;
  return (
    <p className="support">
      {t('problem.support')} <SupportCode code={code} />
      {incident !== undefined && (
        <>
          {' '}
          <SupportCode code={incident} />
        </>
      )}
    </p>
  );
}

function SupportCode({ code }: { code: string }) {
  return <span className="support-code">{code}</span>;
}

/** Whatever was thrown, as a problem: a fault of the page itself counts as an internal one. */
export function problemIn(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('internal-error', 0);
}

/** A newer gateway may know codes that this page has no words for. */
function known(code: ProblemCode): ProblemCode {
  return Object.hasOwn(CODES, code) || LOCAL_CODES.some((local) => local === code) ? code : 'internal-error';
}
