import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { TextField } from '../../ui/text-field.tsx';
import { units } from '../../console/units.ts';
import { usePersonChange } from './use-person-change.ts';

/** Name, unit and language. The username stays: the audit trail names people by it. */
export function ChangePersonDialog({ person, onClose }: { person: PersonDetails; onClose: () => void }) {
  const { t } = useTexts();
  const { data } = useQuery(units);
  const [given, setGiven] = useState({ displayName: person.displayName, unitId: person.unitId, language: person.language });
  const change = usePersonChange({
    change: (wanted: typeof given) => call<PersonDetails>('PUT', `/api/people/${person.id}`, wanted),
    said: () => ({ text: t('administration.people.change.done') }),
    onDone: onClose,
  });
  const choices = data?.items ?? [{ id: person.unitId, path: person.unitName }];
  return (
    <FormDialog
      title={t('administration.people.change.title')}
      confirm={t('console.save')}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={() => {
        if (given.displayName.trim() !== '') change.mutate({ ...given, displayName: given.displayName.trim() });
      }}
    >
      <TextField
        name="displayName"
        label={t('administration.people.name')}
        value={given.displayName}
        onChange={(displayName) => setGiven({ ...given, displayName })}
        error={given.displayName.trim() === '' ? t('console.missing') : undefined}
        maxLength={200}
        autoComplete="off"
      />
      <SelectField
        name="unitId"
        label={t('administration.people.unit')}
        options={choices.map(({ id, path }) => ({ value: id, name: path }))}
        value={given.unitId}
        onChange={(unitId) => setGiven({ ...given, unitId })}
      />
      <SelectField
        name="language"
        label={t('administration.people.language')}
        options={(['ja', 'en'] as const).map((language) => ({ value: language, name: t(`administration.people.languages.${language}`) }))}
        value={given.language}
        onChange={(language) => setGiven({ ...given, language: language === 'en' ? 'en' : 'ja' })}
      />
    </FormDialog>
  );
}
