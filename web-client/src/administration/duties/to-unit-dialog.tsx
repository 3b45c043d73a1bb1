import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Assigned, DutyListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { units } from '../../console/units.ts';

/** Gives a duty to everybody of a unit and below. */
export function ToUnitDialog({ duty: { id, name }, onClose }: { duty: DutyListed; onClose: () => void }) {
  const { t } = useTexts();
  const { data } = useQuery(units);
  const [unitId, setUnitId] = useState('');
  const [checked, setChecked] = useState(false);
  const unit = data?.items.find((one) => one.id === unitId);
  const assign = useChange({
    change: () => call<Assigned>('POST', `/api/duties/${id}/units`, { unitId }),
    refresh: [['duties'], ['people'], ['level']],
    said: ({ assigned }) => ({ text: t('administration.duties.assign.done', { name, people: assigned }) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.duties.assign.title', { name })}
      confirm={t('administration.duties.assign.confirm')}
      isPending={assign.isPending}
      error={assign.error}
      onClose={onClose}
      onSubmit={() => (unitId === '' ? setChecked(true) : assign.mutate())}
    >
      <p>{t('administration.duties.assign.help')}</p>
      <SelectField
        name="unitId"
        label={t('administration.people.unit')}
        error={checked && unitId === '' ? t('console.choose') : undefined}
        options={[{ value: '', name: t('console.choose') }, ...(data?.items ?? []).map((one) => ({ value: one.id, name: one.path }))]}
        value={unitId}
        onChange={setUnitId}
      />
      {unit && <p role="status">{t('administration.duties.assign.people', { people: unit.people })}</p>}
    </FormDialog>
  );
}
