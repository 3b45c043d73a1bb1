import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icons.tsx';

/** Nothing is here: why, and what to do about it. */
export function EmptyState({ icon = 'info', title, help, children }: { icon?: IconName; title: string; help?: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <Icon name={icon} />
      <h2>{title}</h2>
      {help !== undefined && <p>{help}</p>}
      {children}
    </div>
  );
}
