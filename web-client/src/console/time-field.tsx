import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { TextField } from '../ui/text-field.tsx';
import { fromField, toField } from './japan-time.ts';

type TimeFieldProps = {
  name: string;
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  /** ISO 8601; empty where nothing is given. */
  value: string;
  /** With an ISO 8601 instant, or empty where what stands there is no time. */
  onChange: (instant: string) => void;
};

/** A day and time in Japan, whatever the clock of the machine at hand is set to. */
export function TimeField({ value, onChange, label, ...rest }: TimeFieldProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState({ text: toField(value), of: value });
  return (
    <TextField
      {...rest}
      label={t('console.japanTime', { label })}
      type="datetime-local"
      value={typed.of === value ? typed.text : toField(value)}
      onChange={(text) => {
        const instant = fromField(text) ?? '';
        setTyped({ text, of: instant });
        onChange(instant);
      }}
    />
  );
}
