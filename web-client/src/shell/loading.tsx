import { useTexts } from '../i18n/use-texts.ts';
import { GateMark } from '../ui/wordmark.tsx';
import './shell.css';

export function Loading() {
  const { t } = useTexts();
  return (
    <main className="loading" aria-busy="true">
      <GateMark />
      <p role="status">{t('loading')}</p>
    </main>
  );
}
