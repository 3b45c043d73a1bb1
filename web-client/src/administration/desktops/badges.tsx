import type { DesktopListed } from '../../../../gateway/http/schemas/index.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useTexts } from '../../i18n/use-texts.ts';

export function DesktopBadge({ status }: Pick<DesktopListed, 'status'>) {
  const { t } = useTexts();
  return <StatusBadge tone={status === 'active' ? 'good' : 'off'}>{t(`administration.desktops.is.${status}`)}</StatusBadge>;
}

/** Somebody's OS session lives on there, so that nobody else is let in. */
export function ResidualBadge({ count }: { count: number }) {
  const { t } = useTexts();
  return <StatusBadge tone="warning" icon="person">{t('administration.desktops.residual.count', { count })}</StatusBadge>;
}
