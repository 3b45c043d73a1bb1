import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Drill, NewDrill } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { go } from '../../routing/location.ts';
import { TextField } from '../../ui/text-field.tsx';
import { events, levels } from '../level/ranks.ts';
import { board } from '../queries.ts';

const paces = [1, 10, 60, 120, 240] as const;
/** The least and the most of what is typed as a number. */
const bounds = { seats: [1, 100_000], minutes: [1, 480], turnout: [0, 100], asksWithin: [1, 72] } as const;
type Typed = keyof typeof bounds;

/** What happens, how many seats there are, how fast the clock runs, and who is played. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const office = useQuery(board).data;
  const [name, setName] = useState('');
  const [event, setEvent] = useState<NewDrill['event']>('earthquake');
  const [level, setLevel] = useState<NewDrill['level']>('2');
  const [pace, setPace] = useState('60');
  const [typed, setTyped] = useState<Partial<Record<Typed, string>>>({});
  const [checked, setChecked] = useState(false);
  const usual: Record<Typed, string> = { seats: String(office?.seats.total ?? 50), minutes: '30', turnout: '100', asksWithin: '3' };
  const valueOf = (field: Typed): string => typed[field] ?? usual[field];
  const isRight = (field: Typed): boolean => /^\d{1,6}$/.test(valueOf(field)) && Number(valueOf(field)) >= bounds[field][0] && Number(valueOf(field)) <= bounds[field][1];
  const fields = Object.keys(bounds) as Typed[];
  const start = useChange({
    change: (drill: NewDrill) => call<Drill>('POST', '/api/drills', drill),
    refresh: [['drills'], ['drill']],
    said: (drill) => ({ text: t('administration.drills.start.done', { name: drill.name }) }),
    onDone: ({ id }) => {
      onClose();
      go(`/administration/drills/${id}`);
    },
  });
  return (
    <FormDialog
      wide
      title={t('administration.drills.start.title')}
      confirm={t('administration.drills.start.confirm')}
      isPending={start.isPending}
      error={start.error}
      onClose={onClose}
      onSubmit={() => {
        setChecked(true);
        if (name.trim() === '' || !fields.every(isRight)) return;
        start.mutate({ name: name.trim(), event, level, pace: Number(pace), seats: Number(valueOf('seats')), minutes: Number(valueOf('minutes')), turnout: Number(valueOf('turnout')), asksWithin: Number(valueOf('asksWithin')) });
      }}
    >
      <p>{t('administration.drills.start.help')}</p>
      <TextField name="drill-name" label={t('administration.drills.name')} description={t('administration.drills.start.nameHelp')} maxLength={100} error={checked && name.trim() === '' ? t('console.missing') : undefined} value={name} onChange={setName} />
      <div className="form-grid">
        <SelectField name="event" label={t('administration.level.event')} options={events.map((value) => ({ value, name: t(`level.events.${value}`) }))} value={event} onChange={(value) => setEvent(value as NewDrill['event'])} />
        <SelectField name="level" label={t('administration.drills.start.level')} options={levels.map((value) => ({ value, name: t(`level.${value}.name`) }))} value={level} onChange={(value) => setLevel(value as NewDrill['level'])} />
        <SelectField name="pace" label={t('administration.drills.pace')} options={paces.map((value) => ({ value: String(value), name: t(`administration.drills.start.paces.${value}`) }))} value={pace} onChange={setPace} />
        {fields.map((field) => (
          <TextField
            key={field}
            name={field}
            inputMode="numeric"
            label={t(`administration.drills.start.fields.${field}`)}
            description={t(`administration.drills.start.fieldsHelp.${field}`)}
            error={checked && !isRight(field) ? t('administration.drills.start.range', { least: bounds[field][0], most: bounds[field][1] }) : undefined}
            value={valueOf(field)}
            onChange={(value) => setTyped({ ...typed, [field]: value.trim() })}
          />
        ))}
      </div>
    </FormDialog>
  );
}
