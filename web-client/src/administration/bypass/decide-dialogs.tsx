import type { ApprovedBypass, Bypass } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** The second person's word. What comes back has the code, which is told once. */
export function ApproveDialog({ bypass: { id, person, shelter, voucher, reachedBy }, onApproved, onClose }: { bypass: Bypass; onApproved: (approved: ApprovedBypass) => void; onClose: () => void }) {
  const { t } = useTexts();
  const approve = useChange({
    change: () => call<ApprovedBypass>('POST', `/api/bypasses/${id}/approval`, {}),
    refresh: [['level']],
    onDone: (approved) => {
      onClose();
      onApproved(approved);
    },
  });
  return (
    <ConfirmDialog title={t('administration.bypass.approve.title', { person: person.displayName })} confirm={t('administration.bypass.approve.confirm')} icon="check" isPending={approve.isPending} error={approve.error} onConfirm={() => approve.mutate()} onClose={onClose}>
      <p>{t('administration.bypass.approve.help', { person: person.displayName, shelter })}</p>
      <p>{t('administration.bypass.approve.check', { voucher: voucher.displayName, by: reachedBy })}</p>
      <p>{t('administration.bypass.approve.code')}</p>
    </ConfirmDialog>
  );
}

/** One person ends it, with the sign-in that rests on it. */
export function EndDialog({ bypass: { id, state, person }, onClose }: { bypass: Bypass; onClose: () => void }) {
  const { t } = useTexts();
  const end = useChange<Bypass, string>({ change: (reason) => call<Bypass>('POST', `/api/bypasses/${id}/end`, { reason }), refresh: [['level']], said: () => ({ text: t('administration.bypass.end.done') }), onDone: onClose });
  return (
    <ConfirmDialog
      reason
      look="danger"
      title={t('administration.bypass.end.title', { person: person.displayName })}
      confirm={t(state === 'in-use' ? 'administration.bypass.end.stop' : 'administration.bypass.end.withdraw')}
      isPending={end.isPending}
      error={end.error}
      onConfirm={({ reason }) => end.mutate(reason)}
      onClose={onClose}
    >
      <p>{t(state === 'in-use' ? 'administration.bypass.end.helpInUse' : 'administration.bypass.end.help')}</p>
    </ConfirmDialog>
  );
}
