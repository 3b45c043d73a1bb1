import { useState } from 'react';
import type { DutyListed, NewDuty } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { hoursOf, secondsOf } from './target-time.ts';

const classes = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'] as const satisfies readonly NewDuty['class'][];
const zones = ['internet', 'lgwan', 'my-number'] as const satisfies readonly NewDuty['zone'][];

/** A new duty, or another class, zone or target time for one that is there. */
export function DutyDialog({ duty, onClose }: { duty?: DutyListed; onClose: () => void }) {
  const { t } = useTexts();
  const way = duty === undefined ? 'add' : 'change';
  const [given, setGiven] = useState({ name: duty?.name ?? '', class: duty?.class ?? 'P2', zone: duty?.zone ?? 'lgwan', hours: hoursOf(duty?.targetSeconds ?? null) });
  const [checked, setChecked] = useState(false);
  const targetSeconds = secondsOf(given.hours);
  const save = useChange({
    change: (wanted: NewDuty) => (duty === undefined ? call<DutyListed>('POST', '/api/duties', wanted) : call<DutyListed>('PUT', `/api/duties/${duty.id}`, wanted)),
    refresh: [['duties'], ['level']],
    said: ({ name }) => ({ text: t(`administration.duties.${way}.done`, { name }) }),
    onDone: onClose,
  });
  const moved = duty !== undefined && (duty.class !== given.class || duty.zone !== given.zone) && duty.people > 0;
  return (
    <FormDialog
      title={t(`administration.duties.${way}.title`)}
      confirm={way === 'add' ? t('administration.duties.add.confirm') : t('console.save')}
      isPending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (given.name.trim() === '' || targetSeconds === undefined) setChecked(true);
        else save.mutate({ name: given.name.trim(), class: given.class, zone: given.zone, targetSeconds });
      }}
    >
      <TextField
        name="name"
        label={t('administration.duties.name')}
        value={given.name}
        onChange={(name) => setGiven({ ...given, name })}
        error={checked && given.name.trim() === '' ? t('console.missing') : undefined}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <SelectField
        name="class"
        label={t('console.words.class')}
        options={classes.map((value) => ({ value, name: `${value} ${t(`console.class.${value}`)}` }))}
        value={given.class}
        onChange={(value) => setGiven({ ...given, class: value as NewDuty['class'] })}
      />
      <SelectField
        name="zone"
        label={t('console.words.zone')}
        description={t(`administration.duties.zoneHelp.${given.zone}`)}
        options={zones.map((value) => ({ value, name: t(`console.zone.${value}`) }))}
        value={given.zone}
        onChange={(value) => setGiven({ ...given, zone: value as NewDuty['zone'] })}
      />
      <TextField
        name="hours"
        label={t('administration.duties.hours')}
        description={t('administration.duties.hoursHelp')}
        value={given.hours}
        onChange={(hours) => setGiven({ ...given, hours })}
        error={targetSeconds === undefined ? t('administration.duties.hoursWrong') : undefined}
        inputMode="decimal"
        autoComplete="off"
      />
      {moved && (
        <Notice tone="warning" live title={t('administration.duties.change.moved')}>
          <p>{t('administration.duties.change.movedHelp', { people: duty.people })}</p>
        </Notice>
      )}
    </FormDialog>
  );
}
