import { useTexts } from '../i18n/use-texts.ts';
import type { IconName } from '../ui/icons.tsx';
import { EmptyState } from './empty-state.tsx';

type ListEmptyProps = { /** Something narrows the list down. */ filtered: boolean; icon?: IconName; title: string; help: string };

/** A list without rows: because of its filters, or because there is nothing yet. */
export function ListEmpty({ filtered, ...nothingYet }: ListEmptyProps) {
  const { t } = useTexts();
  return filtered ? <EmptyState icon="search" title={t('console.filter.noneTitle')} help={t('console.filter.noneHelp')} /> : <EmptyState {...nothingYet} />;
}
