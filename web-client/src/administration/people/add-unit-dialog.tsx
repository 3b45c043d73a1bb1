import { useState } from 'react';
import type { NewUnit, Unit } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { TextField } from '../../ui/text-field.tsx';

/** A new unit, under another or at the top. */
export function AddUnitDialog({ units, onClose }: { units: readonly Unit[]; onClose: () => void }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [parentId, setParentId] = useState('');
  const [checked, setChecked] = useState(false);
  const add = useChange({
    change: (unit: NewUnit) => call<Unit>('POST', '/api/units', unit),
    refresh: [['units']],
    said: (unit) => ({ text: t('administration.units.add.done', { name: unit.name }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.units.add.title')}
      confirm={t('administration.units.add.confirm')}
      isPending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => (name.trim() === '' ? setChecked(true) : add.mutate({ name: name.trim(), ...(parentId !== '' && { parentId }) }))}
    >
      <TextField name="name" label={t('administration.units.name')} value={name} onChange={setName} error={checked && name.trim() === '' ? t('console.missing') : undefined} maxLength={200} autoComplete="off" autoFocus />
      <SelectField
        name="parentId"
        label={t('administration.units.parent')}
        options={[{ value: '', name: t('administration.units.top') }, ...units.map(({ id, path }) => ({ value: id, name: path }))]}
        value={parentId}
        onChange={setParentId}
      />
    </FormDialog>
  );
}
