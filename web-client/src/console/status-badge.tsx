import { Icon, type IconName } from '../ui/icons.tsx';

export type Tone = 'good' | 'info' | 'warning' | 'bad' | 'off';
const icons: Readonly<Record<Tone, IconName>> = { good: 'check', info: 'info', warning: 'warning', bad: 'cross', off: 'stop' };

/** A state in one word. Never by colour alone: sign and word say the same. */
export function StatusBadge({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span className={`status status-${tone}`}>
      <Icon name={icon ?? icons[tone]} />
      {children}
    </span>
  );
}
