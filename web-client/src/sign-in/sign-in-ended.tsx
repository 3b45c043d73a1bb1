import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';

/** From a closed list, since it stands in the address. */
const reasons = ['idle', 'expired', 'too-many', 'by-owner-elsewhere', 'account-disabled', 'replaced', 'by-provider', 'bypass-ended', 'device-revoked'] as const;

/** Why one has to sign in again. */
export function SignInEnded({ because }: { because: string | null }) {
  const { t } = useTexts();
  const known = reasons.find((reason) => reason === because);
  return (
    <Notice live tone="info" title={t('signIn.ended.title')}>
      {known !== undefined && <p>{t(`signIns.because.${known}`)}</p>}
      <p>{t('signIn.ended.help')}</p>
    </Notice>
  );
}
