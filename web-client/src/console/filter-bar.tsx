import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SelectField, type Option } from './select-field.tsx';
import { TimeField } from './time-field.tsx';
import type { Filters } from './use-filters.ts';
import './filter-bar.css';

/** Milliseconds of rest after which a search begins by itself. */
const rest = 400;

/** Fields that narrow a list down. On a phone they stay out of the way until they are wanted. */
export function FilterBar<Name extends string>({ filters, children }: { filters: Filters<Name>; children: ReactNode }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(filters.any);
  return (
    <search className={open ? 'filters filters-open' : 'filters'} aria-label={t('console.filter.label')}>
      <div className="filters-toggle">
        <Button look="outline" size="small" icon="search" aria-expanded={open} onPress={() => setOpen(!open)}>
          {t('console.filter.label')}
        </Button>
      </div>
      <div className="filters-fields">
        {children}
        {filters.any && (
          <Button look="plain" size="small" icon="cross" onPress={filters.clear}>
            {t('console.filter.clear')}
          </Button>
        )}
      </div>
    </search>
  );
}

type FieldProps<Name extends string> = { filters: Filters<Name>; name: Name; label: string };

/** Text to look for; asked for once typing rests. */
export function FilterText<Name extends string>({ filters, name, label }: FieldProps<Name>) {
  const value = filters.values[name];
  const [typed, setTyped] = useState({ text: value, of: value });
  const text = typed.of === value ? typed.text : value;
  const { set } = filters;
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => set(name, text.trim()), rest);
    return () => clearTimeout(timer);
  });
  return <TextField name={`filter-${name}`} type="search" label={label} value={text} onChange={(next) => setTyped({ text: next, of: value })} maxLength={200} autoComplete="off" />;
}

/** One of a closed list, or all. */
export function FilterSelect<Name extends string>({ filters, name, label, options }: FieldProps<Name> & { options: readonly Option[] }) {
  const { t } = useTexts();
  return <SelectField name={`filter-${name}`} label={label} options={[{ value: '', name: t('console.filter.all') }, ...options]} value={filters.values[name]} onChange={(value) => filters.set(name, value)} />;
}

/** An instant, given in Japan's time and kept in the address as ISO 8601. */
export function FilterTime<Name extends string>({ filters, name, label }: FieldProps<Name>) {
  return <TimeField name={`filter-${name}`} label={label} value={filters.values[name]} onChange={(instant) => filters.set(name, instant)} />;
}
