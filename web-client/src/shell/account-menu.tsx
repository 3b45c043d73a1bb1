import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button as AriaButton, DialogTrigger, Popover } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Who is signed in, and the way out. */
export function AccountMenu({ user }: { user: User }) {
  const { t } = useTexts();
  const signOut = useSignOut();
  return (
    <DialogTrigger>
      <AriaButton className="account-button" aria-label={t('account.label', { name: user.displayName })}>
        <Icon name="person" />
        <span className="account-name">{user.displayName}</span>
        <Icon name="chevron" />
      </AriaButton>
      <Popover className="popover account" placement="bottom end" aria-label={t('account.title')}>
        <div className="account-who">
          <strong>{user.displayName}</strong>
          <span>{user.organisation}</span>
          <span>{user.unit}</span>
          <span className="soft">{t('account.username', { username: user.username })}</span>
        </div>
        {signOut.error !== null && <ProblemNotice error={signOut.error} />}
        <Button look="outline" icon="signOut" isPending={signOut.isPending} onPress={() => signOut.mutate()}>
          {t('account.signOut')}
        </Button>
      </Popover>
    </DialogTrigger>
  );
}

function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call('POST', '/api/sign-out'),
    onSuccess: () => {
      queryClient.clear();
      go('/sign-in?signed-out=yes', { replace: true });
    },
  });
}
