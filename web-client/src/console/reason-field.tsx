import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import '../ui/text-field.css';

type ReasonFieldProps = { value: string; onChange: (value: string) => void; /** It was asked for and is missing. */ missing?: boolean; label?: string; autoFocus?: boolean };

/** Why something is done: for the audit trail. */
export function ReasonField({ value, onChange, missing = false, label, autoFocus = false }: ReasonFieldProps) {
  const { t } = useTexts();
  return (
    <TextField className="field" name="reason" value={value} onChange={onChange} isInvalid={missing} maxLength={500} autoFocus={autoFocus} isRequired validationBehavior="aria">
      <Label className="field-label">{label ?? t('console.reason.label')}</Label>
      <Text slot="description" className="field-description">
        {t('console.reason.help')}
      </Text>
      <TextArea className="field-input field-area" rows={3} />
      <FieldError className="field-error">{t('console.reason.missing')}</FieldError>
    </TextField>
  );
}
