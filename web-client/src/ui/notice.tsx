import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import './notice.css';

type Tone = 'info' | 'success' | 'warning' | 'error';
const icons: Record<Tone, IconName> = { info: 'info', success: 'check', warning: 'warning', error: 'stop' };

/** A boxed message. `live` makes a reader say it when it appears. */
export function Notice({ tone, title, children, live = false }: { tone: Tone; title: string; children?: ReactNode; live?: boolean }) {
  return (
    <div className={`notice notice-${tone}`} role={live ? (tone === 'error' ? 'alert' : 'status') : undefined}>
      <Icon name={icons[tone]} />
      <div className="notice-text">
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
