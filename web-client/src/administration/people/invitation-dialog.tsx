import type { InvitationLink, PersonDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { useChange } from '../../console/use-change.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** A link for a first password, shown this once. */
export function InvitationDialog({ person: { id, displayName, signIn }, onClose }: { person: PersonDetails; onClose: () => void }) {
  const { t, language } = useTexts();
  const invite = useChange({
    change: () => call<InvitationLink>('POST', `/api/people/${id}/invitation`, {}),
    refresh: [['people']],
  });
  const link = invite.data;
  return (
    <Dialog role="alertdialog" wide title={t('administration.people.invitation.title', { name: displayName })} onClose={onClose}>
      {link === undefined ? (
        <>
          <p>{t(signIn === 'none' ? 'administration.people.invitation.help' : 'administration.people.invitation.againHelp')}</p>
          {invite.error !== null && <ProblemNotice error={invite.error} />}
        </>
      ) : (
        <>
          <Notice tone="success" live title={t('administration.people.invitation.made')}>
            <p>{t('administration.people.invitation.once', { time: dayAndTime(link.expiresAt, language) })}</p>
          </Notice>
          <TextField
            name="invitation-link"
            label={t('administration.people.invitation.link')}
            description={t('administration.people.invitation.linkHelp')}
            value={new URL(link.path, location.origin).href}
            isReadOnly
            autoFocus
            onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
          />
        </>
      )}
      <div className="dialog-actions">
        <Button look="outline" onPress={onClose}>
          {t(link === undefined ? 'cancel' : 'close')}
        </Button>
        {link === undefined && (
          <Button icon="key" isPending={invite.isPending} onPress={() => invite.mutate()}>
            {t('administration.people.invitation.confirm')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
