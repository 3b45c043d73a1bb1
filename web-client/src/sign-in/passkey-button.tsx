import { useMutation } from '@tanstack/react-query';
import type { SignInDone, User } from '../../../gateway/http/schemas/index.ts';
import { knowsPasskeys, provePasskey } from '../api/passkey.ts';
import { signInIsOver } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Attempt, useThrottle } from './attempt.tsx';

type PasskeyButtonProps = { path: '/api/sign-in/passkey' | '/api/sign-in/passkey-alone'; look: 'solid' | 'outline'; onDone: (user: User) => void; onTimedOut?: () => void };

/** Signs in by a passkey, after the password or alone; nothing where the browser knows none. */
export function PasskeyButton({ path, look, onDone, onTimedOut }: PasskeyButtonProps) {
  const { t } = useTexts();
  const prove = useMutation({
    mutationFn: () => provePasskey<SignInDone>(path),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => {
      if (signInIsOver(error)) onTimedOut?.();
    },
  });
  const throttle = useThrottle(prove.error, prove.submittedAt);
  if (!knowsPasskeys()) return null;
  return (
    <div className="stack">
      <Attempt error={prove.error} throttle={throttle} />
      <Button look={look} icon="key" isPending={prove.isPending} isDisabled={throttle > 0} onPress={() => prove.mutate()}>
        {t(path === '/api/sign-in/passkey' ? 'passkey.use' : 'passkey.alone')}
      </Button>
    </div>
  );
}
