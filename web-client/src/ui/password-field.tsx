import { useState, type ReactNode } from 'react';
import { ToggleButton, type TextFieldProps } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from './icons.tsx';
import { TextField } from './text-field.tsx';

type PasswordFieldProps = Pick<TextFieldProps, 'name' | 'value' | 'onChange' | 'autoComplete' | 'autoFocus'> & {
  label: string;
  description?: ReactNode;
  error?: string | undefined;
};

/** A password that its owner may look at. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      autoCorrect="off"
      spellCheck="false"
      maxLength={1024}
      after={
        <ToggleButton className="button button-plain button-small" isSelected={shown} onChange={setShown}>
          <Icon name={shown ? 'eyeOff' : 'eye'} />
          <span>{shown ? t('password.hide') : t('password.show')}</span>
        </ToggleButton>
      }
    />
  );
}
