import type { ZoneException } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { duration } from '../../console/duration.ts';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type DialogProps = { exception: ZoneException; onClose: () => void };

/** The second person's word. */
export function AgreeDialog({ exception: { id, person, duty, seconds }, onClose }: DialogProps) {
  const { t } = useTexts();
  const agree = useChange({ change: () => call<ZoneException>('POST', `/api/exceptions/${id}/agreement`, {}), refresh: [['level']], said: () => ({ text: t('administration.exceptions.agree.done') }), onDone: onClose });
  return (
    <ConfirmDialog title={t('administration.exceptions.agree.title')} confirm={t('administration.exceptions.agree.confirm')} icon="check" isPending={agree.isPending} error={agree.error} onConfirm={() => agree.mutate()} onClose={onClose}>
      <p>{t('administration.exceptions.agree.help', { person: person.displayName, duty: duty.name, time: duration(t, seconds) })}</p>
      <p>{t('administration.exceptions.where')}</p>
    </ConfirmDialog>
  );
}

/** One person ends it, with whatever session rests on it. */
export function EndDialog({ exception: { id, state, sessions, person }, onClose }: DialogProps) {
  const { t } = useTexts();
  const end = useChange<ZoneException, string>({ change: (reason) => call<ZoneException>('POST', `/api/exceptions/${id}/end`, { reason }), refresh: [['level']], said: () => ({ text: t('administration.exceptions.end.done') }), onDone: onClose });
  return (
    <ConfirmDialog
      reason
      look="danger"
      title={t('administration.exceptions.end.title', { name: person.displayName })}
      confirm={t(state === 'holds' ? 'administration.exceptions.end.revoke' : 'administration.exceptions.end.withdraw')}
      isPending={end.isPending}
      error={end.error}
      onConfirm={({ reason }) => end.mutate(reason)}
      onClose={onClose}
    >
      <p>{t(sessions > 0 ? 'administration.exceptions.end.helpSessions' : 'administration.exceptions.end.help', { count: sessions })}</p>
    </ConfirmDialog>
  );
}
