import { useEffect, useRef, useState } from 'react';
import type { OfferedAuthenticator } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { factors } from '../api/queries.ts';
import { FormDialog } from '../console/form-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { codeDigits, codeLength } from '../format/digits.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Attempt } from '../sign-in/attempt.tsx';
import { CodeField } from '../sign-in/code-field.tsx';
import { QrCode } from '../sign-in/qr-code.tsx';
import { inGroups } from '../sign-in/secret.ts';
import { TextField } from '../ui/text-field.tsx';

/** Shows the secret to a further device, and has it proved with a first code. */
export function AddAuthenticatorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const [given, setGiven] = useState({ name: '', code: '' });
  const [checked, setChecked] = useState(false);
  const offer = useChange({ change: () => call<OfferedAuthenticator>('POST', '/api/me/authenticators', {}) });
  const offered = offer.data;
  const confirm = useChange({
    change: () => call('POST', `/api/me/authenticators/${offered!.id}/confirmation`, { name: given.name.trim(), code: codeDigits(given.code) }),
    refresh: [factors.queryKey],
    said: () => ({ text: t('security.authenticators.added') }),
    onDone: onClose,
  });
  const asked = useRef(false);
  const { mutate } = offer;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  const noName = given.name.trim() === '';
  const short = codeDigits(given.code).length !== codeLength;
  return (
    <FormDialog
      wide
      title={t('security.authenticators.add')}
      confirm={t('security.authenticators.confirm')}
      isBlocked={offered === undefined}
      isPending={offer.isPending || confirm.isPending}
      error={offer.error}
      onClose={onClose}
      onSubmit={() => {
        if (noName || short) setChecked(true);
        else confirm.mutate();
      }}
    >
      <p>{t('security.authenticators.scan')}</p>
      {offered === undefined && offer.error === null && <p role="status">{t('loading')}</p>}
      {offered && (
        <>
          <div className="qr-frame">
            <QrCode text={offered.otpauthUri} label={t('enrolment.scan.label')} />
          </div>
          <details className="help">
            <summary>{t('enrolment.type.title')}</summary>
            <p>{t('enrolment.type.help')}</p>
            <p className="secret" aria-label={t('enrolment.type.label')} role="group" lang="en" translate="no">
              {inGroups(offered.secret).map((group, place) => (
                <span key={place}>{group}</span>
              ))}
            </p>
          </details>
          <TextField name="factor-name" label={t('security.name.label')} description={t('security.authenticators.nameHelp')} error={checked && noName ? t('console.missing') : undefined} value={given.name} onChange={(name) => setGiven({ ...given, name })} maxLength={60} autoComplete="off" />
          <Attempt error={confirm.error} throttle={0} />
          <CodeField value={given.code} onChange={(code) => setGiven((before) => ({ ...before, code }))} error={checked && short ? t('code.short') : undefined} />
        </>
      )}
    </FormDialog>
  );
}
