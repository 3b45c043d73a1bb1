import { useRef } from 'react';
import { codeDigits } from '../format/digits.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { TextField } from '../ui/text-field.tsx';

type CodeFieldProps = { value: string; onChange: (digits: string) => void; error?: string | undefined; autoFocus?: boolean };

/** Six digits, typed or pasted, half or full width. What an input method is still composing is left alone. */
export function CodeField({ value, onChange, error, autoFocus = false }: CodeFieldProps) {
  const { t } = useTexts();
  const composing = useRef(false);
  return (
    <TextField
      wide
      name="code"
      label={t('code.label')}
      description={t('code.help')}
      error={error}
      value={value}
      onChange={(typed) => onChange(composing.current ? typed : codeDigits(typed))}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        onChange(codeDigits(event.currentTarget.value));
      }}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck="false"
      autoFocus={autoFocus}
    />
  );
}
