import { useState } from 'react';
import type { Declaration, Succession } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { duration } from '../../console/duration.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { TimeField } from '../../console/time-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { useSuccessionChange } from './use-succession-change.ts';

/** The next in order says that those before cannot be reached, and stands in. */
export function DeclareDialog({ succession: { longest, heads }, onClose }: { succession: Succession; onClose: () => void }) {
  const { t } = useTexts();
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const declare = useSuccessionChange<Declaration>({
    change: (given) => call<Succession>('POST', '/api/deputyships/declaration', given),
    said: t('administration.succession.declare.done'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('administration.succession.declare.title')}
      confirm={t('administration.succession.declare.confirm')}
      isPending={declare.isPending}
      error={declare.error}
      onClose={onClose}
      onSubmit={() => (reason.trim() === '' ? setChecked(true) : declare.mutate({ reason: reason.trim(), ...(until !== '' && { until }) }))}
    >
      <Notice tone="warning" title={t('administration.succession.declare.warning', { names: heads.map(({ displayName }) => displayName).join(t('administration.level.effect.comma')) })}>
        <p>{t('administration.succession.declare.help')}</p>
      </Notice>
      <TimeField name="until" label={t('administration.succession.until')} description={longest === null ? undefined : t('administration.succession.untilHelp', { longest: duration(t, longest) })} value={until} onChange={setUntil} />
      <ReasonField value={reason} onChange={setReason} missing={checked && reason.trim() === ''} />
    </FormDialog>
  );
}
