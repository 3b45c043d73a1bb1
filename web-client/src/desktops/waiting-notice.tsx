import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { waiting } from '../waiting/queries.ts';

/** Whoever has a place in the queue finds the way back to it. */
export function WaitingNotice() {
  const { t } = useTexts();
  const { data } = useQuery(waiting);
  const open = data?.items.find(({ state, sitDownBy }) => state === 'waiting' || (state === 'admitted' && sitDownBy !== undefined));
  if (open === undefined) return null;
  const title = open.state === 'admitted' ? t('waiting.cardAdmitted') : open.place === undefined ? t('waiting.cardPlacing') : t('waiting.card', { place: open.place });
  return (
    <Notice tone={open.state === 'admitted' ? 'success' : 'info'} title={title}>
      <p>{t('waiting.intro', { name: open.name, duty: open.dutyName })}</p>
      <p>
        <Link href="/waiting" className="button button-outline">
          {t('waiting.cardOpen')}
        </Link>
      </p>
    </Notice>
  );
}
