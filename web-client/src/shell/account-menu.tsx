import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button as AriaButton, DialogTrigger, Link, Popover } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { consolePagesFor } from '../routing/console-pages.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Who is signed in, the ways to what else they may do, and the way out. */
export function AccountMenu({ user }: { user: User }) {
  const { t } = useTexts();
  const signOut = useSignOut();
  const [open, setOpen] = useState(false);
  const pages = consolePagesFor(user);
  const firsts = pages.filter((page, index) => pages.findIndex(({ area }) => area === page.area) === index);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
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
        {firsts.length > 0 && (
          <nav className="account-areas" aria-label={t('account.areas')}>
            {firsts.map(({ area, path }) => (
              <Link key={area} href={path} className="account-area" onPress={() => setOpen(false)}>
                {t(`account.area.${area}`)}
              </Link>
            ))}
          </nav>
        )}
        <Link href="/security" className="account-area" onPress={() => setOpen(false)}>
          {t('account.security')}
        </Link>
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
