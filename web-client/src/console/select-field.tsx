import { useId, type ReactNode } from 'react';
import { Icon } from '../ui/icons.tsx';
import '../ui/text-field.css';
import './select-field.css';

export type Option = { readonly value: string; readonly name: string };
type SelectFieldProps = {
  name: string;
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  isDisabled?: boolean;
};

/** The browser's own choice from a list, which every phone and every reader knows how to show. */
export function SelectField({ name, label, description, error, options, value, onChange, isDisabled = false }: SelectFieldProps) {
  const id = useId();
  const notes = [description !== undefined && `${id}-help`, error !== undefined && `${id}-error`].filter((note) => note !== false);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {description !== undefined && (
        <span id={`${id}-help`} className="field-description">
          {description}
        </span>
      )}
      <span className="select-box">
        <select
          id={id}
          name={name}
          className="field-input select"
          value={value}
          disabled={isDisabled}
          onChange={(event) => onChange(event.currentTarget.value)}
          {...(error !== undefined && { 'aria-invalid': true, 'data-invalid': true })}
          {...(notes.length > 0 && { 'aria-describedby': notes.join(' ') })}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </span>
      {error !== undefined && (
        <span id={`${id}-error`} className="field-error">
          {error}
        </span>
      )}
    </div>
  );
}
