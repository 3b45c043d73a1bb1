import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import './text-field.css';

type TextFieldProps = Omit<AriaTextFieldProps, 'children' | 'className'> & {
  label: string;
  description?: ReactNode;
  /** Shown under the field, and read out with it. */
  error?: string | undefined;
  /** Stands inside the field's right end, such as a button that shows the password. */
  after?: ReactNode;
  wide?: boolean;
};

export function TextField({ label, description, error, after, wide = false, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className={wide ? 'field field-code' : 'field'}>
      <Label className="field-label">{label}</Label>
      {description !== undefined && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <span className="field-box">
        <Input className="field-input" />
        {after}
      </span>
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
