import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { me } from '../api/queries.ts';
import { countdown, lastSaid } from '../format/countdown.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { useSecond } from '../ui/use-second.ts';
import { lastActivity, noteInput } from './activity.ts';
import { nearEnd } from './near-end.ts';
import './sign-in-end.css';

/** Tells of the end of the sign-in a while before, on every page; one that would end for idleness goes on at a press. */
export function SignInEndNotice({ user, onDesktop }: { user: User; onDesktop: boolean }) {
  const { t, language } = useTexts();
  const queryClient = useQueryClient();
  const now = useSecond();
  useEffect(() => (onDesktop ? noteInput() : undefined), [onDesktop]);
  const stay = useMutation({
    mutationFn: () => call<User>('GET', '/api/me'),
    onSuccess: (answered) => queryClient.setQueryData(me.queryKey, answered),
  });
  const near = nearEnd(user, lastActivity(), now);
  const end = near && timeOfDay(new Date(near.because === 'expired' ? user.expiresAt : now + near.seconds * 1000).toISOString(), language);
  return (
    <div className="sign-in-end">
      {near !== undefined && end !== undefined && (
        <div className="sign-in-end-box">
          <Icon name="warning" />
          <div className="sign-in-end-text">
            <p className="notice-title">{t(`signInEnd.${near.because}.title`, { time: end })}</p>
            <p>{t(`signInEnd.${near.because}.help`)}</p>
            <p aria-hidden="true">{t('signInEnd.left', { left: countdown(t, near.seconds) })}</p>
          </div>
          {near.because === 'idle' && (
            <Button size="small" isPending={stay.isPending} onPress={() => stay.mutate()}>
              {t('signInEnd.stay')}
            </Button>
          )}
        </div>
      )}
      <p role="status" className="visually-hidden">
        {near !== undefined && end !== undefined && `${t(`signInEnd.${near.because}.title`, { time: end })} ${t('signInEnd.left', { left: countdown(t, lastSaid(near.seconds) ?? user.warnSeconds) })}`}
      </p>
    </div>
  );
}
