import type { User } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';

/** That one is here by a shelter bypass, or that one was used the time before. */
export function BypassNotice({ user: { method, expiresAt, previousSignIn: last } }: { user: User }) {
  const { t, language } = useTexts();
  if (method === 'bypass') {
    return (
      <Notice tone="info" title={t('bypass.here.title')}>
        <p>{t('bypass.here.help', { time: dayAndTime(expiresAt, language) })}</p>
      </Notice>
    );
  }
  if (last?.method !== 'bypass') return null;
  return (
    <Notice tone="warning" title={t('bypass.notice.title')}>
      <p>{t('bypass.notice.help', { time: dayAndTime(last.at, language), address: last.address })}</p>
    </Notice>
  );
}
