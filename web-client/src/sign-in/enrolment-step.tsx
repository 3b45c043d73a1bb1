import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Enrolment, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { signInIsOver } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CodeForm } from './code-form.tsx';
import { QrCode } from './qr-code.tsx';
import { inGroups } from './secret.ts';

/** Teaches the person's phone its secret, and has it proved with a first code. */
export function EnrolmentStep({ onDone, onBypass, onTimedOut }: { onDone: (user: User) => void; onBypass: () => void; onTimedOut: () => void }) {
  const { t } = useTexts();
  const { data: enrolment, error } = useQuery({
    queryKey: ['enrolment'],
    queryFn: () => call<Enrolment>('GET', '/api/sign-in/enrolment'),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const over = signInIsOver(error);
  useEffect(() => {
    if (over) onTimedOut();
  }, [over, onTimedOut]);
  return (
    <div className="stack">
      <PageHeading title={t('enrolment.title')} />
      <p>{t('enrolment.intro')}</p>
      {error !== null && !over && <ProblemNotice error={error} />}
      <ol className="steps" role="list">
        <li className="steps-item">
          <h2>{t('enrolment.app.title')}</h2>
          <p>{t('enrolment.app.help')}</p>
        </li>
        <li className="steps-item">
          <h2>{t('enrolment.scan.title')}</h2>
          <p>{t('enrolment.scan.help')}</p>
          <div className="qr-frame">{enrolment && <QrCode text={enrolment.otpauthUri} label={t('enrolment.scan.label')} />}</div>
          {enrolment && (
            <details className="help">
              <summary>{t('enrolment.type.title')}</summary>
              <p>{t('enrolment.type.help')}</p>
              <p className="secret" aria-label={t('enrolment.type.label')} role="group" lang="en" translate="no">
                {inGroups(enrolment.secret).map((group, place) => (
                  <span key={place}>{group}</span>
                ))}
              </p>
            </details>
          )}
        </li>
        <li className="steps-item">
          <h2>{t('enrolment.confirm.title')}</h2>
          <CodeForm path="/api/sign-in/enrolment" submit={t('enrolment.confirm.submit')} onDone={onDone} onTimedOut={onTimedOut} />
        </li>
      </ol>
      <details className="help">
        <summary>{t('code.noPhone')}</summary>
        <div className="no-phone">
          <p>{t('bypass.choice.help')}</p>
          <Button look="outline" onPress={onBypass}>
            {t('bypass.choice.open')}
          </Button>
        </div>
      </details>
    </div>
  );
}
