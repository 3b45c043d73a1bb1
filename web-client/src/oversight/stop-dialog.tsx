import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntryStopped } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { SelectField } from '../console/select-field.tsx';
import { useChange } from '../console/use-change.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { units } from '../console/units.ts';

/** Ends all sessions of a unit or of the organisation and stops entry: with a reason, and its name typed. Who does not reach the top of the units is not offered all of them. */
export function StopDialog({ organisation, onClose }: { organisation: string; onClose: () => void }) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<string>();
  const { data, error } = useQuery(units);
  const reached = data?.items ?? [];
  const whole = reached.some(({ parentId }) => parentId === null);
  const unitId = chosen ?? (whole ? '' : (reached[0]?.id ?? ''));
  const typed = reached.find(({ id }) => id === unitId)?.name ?? organisation;
  const stop = useChange({
    change: (given: { reason: string; typed: string }) => call<EntryStopped>('POST', '/api/entry-stops', { unitId: unitId === '' ? null : unitId, reason: given.reason, confirm: given.typed }),
    refresh: [['sessions']],
    said: ({ ended }) => ({ text: t('oversight.stop.done', { count: ended }) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t('oversight.stop.title')}
      confirm={t('oversight.stop.confirm')}
      look="danger"
      icon="end"
      reason
      typed={typed}
      isBlocked={reached.length === 0}
      isPending={stop.isPending}
      error={stop.error ?? error}
      onConfirm={(given) => stop.mutate(given)}
      onClose={onClose}
    >
      <p>{t('oversight.stop.help')}</p>
      <SelectField name="unit" label={t('oversight.stop.unit')} value={unitId} onChange={setChosen} options={[...(whole ? [{ value: '', name: `${organisation}${t('oversight.wholeSuffix')}` }] : []), ...reached.map(({ id, path }) => ({ value: id, name: path }))]} />
    </ConfirmDialog>
  );
}
