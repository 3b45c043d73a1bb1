import type { Desktop } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import '../ui/badge.css';

const icons: Record<Desktop['state'], IconName> = { ready: 'check', 'in-use': 'person', 'in-use-by-me': 'monitor', unreachable: 'unplugged', disabled: 'stop' };

export function StateBadge({ state }: { state: Desktop['state'] }) {
  const { t } = useTexts();
  return (
    <p className={`badge badge-${state}`}>
      <Icon name={icons[state]} />
      {t(`desktop.${state}.name`)}
    </p>
  );
}
