import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import { call } from '../api/call.ts';
import { knowsPasskeys, provePasskey } from '../api/passkey.ts';
import { factors, me } from '../api/queries.ts';
import { codeDigits, codeLength } from '../format/digits.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Attempt, useThrottle } from '../sign-in/attempt.tsx';
import { CodeField } from '../sign-in/code-field.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Asks for a fresh second factor, of those that the person has, in front of whatever asked for it. */
export function StepUpDialog({ onProved, onClose }: { onProved: () => void; onClose: () => void }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [short, setShort] = useState(false);
  const proved = () => {
    void queryClient.invalidateQueries({ queryKey: me.queryKey });
    onProved();
  };
  const check = useMutation({
    mutationFn: () => call('POST', '/api/me/step-up', { code: codeDigits(code) }),
    onSuccess: proved,
    onError: () => {
      setCode('');
      form.current?.querySelector('input')?.focus();
    },
  });
  const passkey = useMutation({
    mutationFn: () => provePasskey('/api/me/step-up/passkey'),
    onSuccess: proved,
  });
  const { data: own } = useQuery(factors);
  const hasPasskey = knowsPasskeys() && own !== undefined && own.passkeysOffered && own.passkeys.some(({ stopped }) => !stopped);
  // Until it is known, the field is there: most people have an authenticator.
  const hasAuthenticator = own === undefined || own.authenticators.length > 0;
  const throttle = useThrottle(check.error, check.submittedAt);
  const complete = codeDigits(code).length === codeLength;
  return (
    <Dialog title={t(hasAuthenticator ? 'console.stepUp.title' : 'console.stepUp.titleOther')} onClose={onClose}>
      <Form
        ref={form}
        className="dialog-form"
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          if (!hasAuthenticator) return;
          if (!complete) setShort(true);
          else if (throttle === 0 && !check.isPending) check.mutate();
        }}
      >
        <p>{t(hasAuthenticator ? 'console.stepUp.help' : hasPasskey ? 'console.stepUp.helpPasskey' : 'console.stepUp.helpNone')}</p>
        <Attempt error={check.error ?? passkey.error} throttle={throttle} />
        {hasPasskey && (
          <Button look="outline" icon="key" isPending={passkey.isPending} onPress={() => (check.reset(), passkey.mutate())}>
            {t('passkey.use')}
          </Button>
        )}
        {hasAuthenticator && <CodeField value={code} onChange={setCode} error={short && !complete && code !== '' ? t('code.short') : undefined} autoFocus />}
        <div className="dialog-actions">
          <Button look="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          {hasAuthenticator && (
            <Button type="submit" isPending={check.isPending} isDisabled={throttle > 0}>
              {t('console.stepUp.submit')}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}
