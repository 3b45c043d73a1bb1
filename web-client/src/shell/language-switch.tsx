import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { me } from '../api/queries.ts';
import type { Language } from '../i18n/languages.ts';
import { speak } from '../i18n/setup.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Names the other language in that language. Kept with the account of whoever is signed in, else in this browser. */
export function LanguageSwitch({ signedIn = false }: { signedIn?: boolean }) {
  const { language } = useTexts();
  const queryClient = useQueryClient();
  const other: Language = language === 'ja' ? 'en' : 'ja';
  const change = useMutation({
    mutationFn: async () => {
      await speak(other);
      if (signedIn) await call('PUT', '/api/me/language', { language: other });
    },
    onSuccess: () => {
      queryClient.setQueryData<User>(me.queryKey, (user) => user && { ...user, language: other });
    },
  });
  return (
    <Button className="language" lang={other} onPress={() => change.mutate()}>
      {other === 'ja' ? '日本語' : 'English'}
    </Button>
  );
}
