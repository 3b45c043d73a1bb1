import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Lease } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { lease as leaseQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';

/** Once, and for a reason that is kept: a little longer before the seat is given on. */
export function ExtendDialog({ leaseId, onClose }: { leaseId: string; onClose: () => void }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const extending = useMutation({
    mutationFn: () => call<Lease>('POST', `/api/leases/${leaseId}/extension`, { reason }),
    onSuccess: (lease) => {
      queryClient.setQueryData(leaseQuery(leaseId).queryKey, lease);
      onClose();
    },
  });
  return (
    <Dialog title={t('yield.extendTitle')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') extending.mutate();
        }}
      >
        <p>{t('yield.extendHelp')}</p>
        {extending.error !== null && <ProblemNotice error={extending.error} />}
        <TextField label={t('yield.extendReason')} value={reason} onChange={setReason} maxLength={500} autoFocus isRequired />
        <div className="dialog-actions">
          <Button look="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" isPending={extending.isPending} isDisabled={reason.trim() === ''}>
            {t('yield.extendConfirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
