import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { Paging } from './use-cursor-list.ts';

/** The ways to the page before and the one after; nothing where there is only one. */
export function Pager({ paging: { page, previous, next }, onTurned }: { paging: Paging; onTurned: () => void }) {
  const { t } = useTexts();
  if (previous === undefined && next === undefined && page === 1) return null;
  const turn = (to: (() => void) | undefined) => () => {
    to?.();
    onTurned();
  };
  return (
    <nav className="pager" aria-label={t('console.pager.label')}>
      <Button look="outline" size="small" icon="back" isDisabled={previous === undefined} onPress={turn(previous)}>
        {t('console.pager.previous')}
      </Button>
      <span>{t('console.pager.page', { page })}</span>
      <Button look="outline" size="small" icon="arrow" isDisabled={next === undefined} onPress={turn(next)}>
        {t('console.pager.next')}
      </Button>
    </nav>
  );
}
