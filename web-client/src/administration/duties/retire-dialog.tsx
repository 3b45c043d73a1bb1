import type { DutyListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Takes a duty from everybody. There is no way back, so its name has to be typed. */
export function RetireDialog({ duty: { id, name, people }, onClose }: { duty: DutyListed; onClose: () => void }) {
  const { t } = useTexts();
  const retire = useChange({
    change: () => call<DutyListed>('POST', `/api/duties/${id}/retirement`, {}),
    refresh: [['duties'], ['people'], ['level']],
    said: () => ({ text: t('administration.duties.retire.done', { name }) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t('administration.duties.retire.title', { name })}
      confirm={t('administration.duties.retire.confirm')}
      look="danger"
      {...(people > 0 && { typed: name })}
      isPending={retire.isPending}
      error={retire.error}
      onConfirm={() => retire.mutate()}
      onClose={onClose}
    >
      <p>{t('administration.duties.retire.help', { people })}</p>
    </ConfirmDialog>
  );
}
