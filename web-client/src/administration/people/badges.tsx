import type { PersonListed } from '../../../../gateway/http/schemas/index.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useTexts } from '../../i18n/use-texts.ts';

/** Whether the account is open. */
export function AccountBadge({ status }: Pick<PersonListed, 'status'>) {
  const { t } = useTexts();
  return <StatusBadge tone={status === 'active' ? 'good' : 'off'}>{t(`administration.people.is.${status}`)}</StatusBadge>;
}

const tones = { ready: 'good', invited: 'info', none: 'warning' } as const;

/** Whether the person could sign in now. */
export function SignInBadge({ signIn }: Pick<PersonListed, 'signIn'>) {
  const { t } = useTexts();
  return <StatusBadge tone={tones[signIn]}>{t(`administration.people.signIn.${signIn}`)}</StatusBadge>;
}
