import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { TextField } from '../ui/text-field.tsx';

export function UsernameStep({ username, onNext }: { username: string; onNext: (username: string) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(username);
  const [missing, setMissing] = useState(false);
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
    </Form>
  );
}
