import { Link } from 'react-aria-components';
import type { EntryStop } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';

/** Entry is stopped for a unit or for all: says whose doing that is, and where it is undone. */
export function EntryStopNotice({ stop: { unit, stoppedBy, stoppedAt, reason } }: { stop: EntryStop }) {
  const { t, language } = useTexts();
  return (
    <Notice tone="warning" title={t('oversight.stopped.title', { where: unit?.name ?? t('oversight.whole') })}>
      <p>{t('oversight.stopped.help', { name: stoppedBy, time: dayAndTime(stoppedAt, language), reason })}</p>
      <p>
        <Link href="/oversight/entry">{t('oversight.stopped.see')}</Link>
      </p>
    </Notice>
  );
}
