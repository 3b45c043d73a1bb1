import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Desktop, DesktopCredentials } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { TextField } from '../ui/text-field.tsx';

type CredentialsDialogProps = { desktop: Pick<Desktop, 'name' | 'protocol'>; /** Stands in where the desktop has no users of its own. */ ownName: string; onClose: () => void; onGiven: (credentials: DesktopCredentials) => void };

/** The log-in of the desktop itself, for one whose credentials nobody stored. VNC knows no domain, and often no user. */
export function CredentialsDialog({ desktop, ownName, onClose, onGiven }: CredentialsDialogProps) {
  const { t } = useTexts();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [domain, setDomain] = useState('');
  const [checked, setChecked] = useState(false);
  const named = username !== '' || desktop.protocol === 'vnc';
  const complete = named && password !== '';
  return (
    <Dialog title={t('credentials.title', { name: desktop.name })} onClose={onClose}>
      <Form
        className="dialog-form"
        validationBehavior="aria"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!complete) setChecked(true);
          else onGiven({ username: username === '' ? ownName : username, password, ...(domain !== '' && { domain }) });
        }}
      >
        <p>{t('credentials.help')}</p>
        <TextField
          name="desktop-username"
          label={t('credentials.username')}
          description={desktop.protocol === 'vnc' ? t('credentials.usernameOptional') : undefined}
          error={checked && !named ? t('credentials.usernameMissing') : undefined}
          value={username}
          onChange={setUsername}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          maxLength={256}
          autoFocus
        />
        <PasswordField
          name="desktop-password"
          label={t('credentials.password')}
          error={checked && password === '' ? t('credentials.passwordMissing') : undefined}
          value={password}
          onChange={setPassword}
          autoComplete="off"
        />
        {desktop.protocol === 'rdp' && (
          <TextField
            name="desktop-domain"
            label={t('credentials.domain')}
            description={t('credentials.domainHelp')}
            value={domain}
            onChange={setDomain}
            autoComplete="off"
            maxLength={256}
          />
        )}
        <div className="dialog-actions">
          <Button look="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" icon="arrow">
            {t('desktop.open')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
