import type { OwnDevice } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { StatusBadge } from './status-badge.tsx';

const tones = { waiting: 'info', registered: 'good', over: 'off', ended: 'off' } as const;

/** How far the registration of a device is. */
export function DeviceBadge({ state }: Pick<OwnDevice, 'state'>) {
  const { t } = useTexts();
  return <StatusBadge tone={tones[state]}>{t(`devices.state.${state}`)}</StatusBadge>;
}
