import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { PasskeyAlone, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { TextField } from '../ui/text-field.tsx';
import { PasskeyButton } from './passkey-button.tsx';

export function UsernameStep({ username, onNext, onDone }: { username: string; onNext: (username: string) => void; onDone: (user: User) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(username);
  const [missing, setMissing] = useState(false);
  const { data: alone } = useQuery({ queryKey: ['passkey-alone'], queryFn: () => call<PasskeyAlone>('GET', '/api/sign-in/passkey-alone'), staleTime: 60_000, retry: false });
  const wanted = typed.normalize('NFKC').trim();
  return (
    <Form
      className="stack"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '') setMissing(true);
        else onNext(wanted);
      }}
    >
      <PageHeading title={t('signIn.title')} />
      <TextField
        name="username"
        label={t('signIn.username.label')}
        description={t('signIn.username.help')}
        error={missing && wanted === '' ? t('signIn.username.missing') : undefined}
        value={typed}
        onChange={setTyped}
        autoComplete="username"
        autoCorrect="off"
        spellCheck="false"
        maxLength={200}
        autoFocus
      />
      <Button type="submit">{t('signIn.next')}</Button>
      {alone?.offered === true && <PasskeyButton path="/api/sign-in/passkey-alone" look="outline" onDone={onDone} />}
    </Form>
  );
}
