import { useState } from 'react';
import type { HandingOver, Succession } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { duration } from '../../console/duration.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { TimeField } from '../../console/time-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { useSuccessionChange } from './use-succession-change.ts';

/** The authority lets somebody of the order stand in, for a time. */
export function HandOverDialog({ succession: { order, longest }, onClose }: { succession: Succession; onClose: () => void }) {
  const { t } = useTexts();
  const [deputyId, setDeputyId] = useState(order[0]?.id ?? '');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const handOver = useSuccessionChange<HandingOver>({
    change: (given) => call<Succession>('POST', '/api/deputyships', given),
    said: t('administration.succession.handOver.done'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.succession.handOver.title')}
      confirm={t('administration.succession.handOver.confirm')}
      isPending={handOver.isPending}
      error={handOver.error}
      onClose={onClose}
      onSubmit={() => (reason.trim() === '' ? setChecked(true) : handOver.mutate({ deputyId, reason: reason.trim(), ...(until !== '' && { until }) }))}
    >
      <p>{t('administration.succession.handOver.help')}</p>
      <SelectField
        name="deputyId"
        label={t('administration.succession.handOver.to')}
        options={order.map(({ id, displayName, unitName }, place) => ({ value: id, name: t('administration.succession.handOver.place', { place: place + 1, name: displayName, unit: unitName }) }))}
        value={deputyId}
        onChange={setDeputyId}
      />
      <TimeField name="until" label={t('administration.succession.until')} description={longest === null ? undefined : t('administration.succession.untilHelp', { longest: duration(t, longest) })} value={until} onChange={setUntil} />
      <ReasonField value={reason} onChange={setReason} missing={checked && reason.trim() === ''} />
    </FormDialog>
  );
}
