import type { Desktop } from '../../../gateway/http/schemas/index.ts';

/** A screen whose picture says at a glance what the badge beside it says in words. */
export function MonitorPicture({ state }: { state: Desktop['state'] }) {
  return (
    <svg className={`monitor monitor-${state}`} viewBox="0 0 96 72" aria-hidden="true" focusable="false">
      <path className="monitor-stand" d="M40 56h16l2 10h8v4H30v-4h8z" />
      <rect className="monitor-frame" x="4" y="3" width="88" height="55" rx="6" />
      <rect className="monitor-screen" x="9" y="8" width="78" height="45" rx="2.5" />
      <path className="monitor-window" d="M17 15h34a2 2 0 0 1 2 2v22a2 2 0 0 1-2 2H17a2 2 0 0 1-2-2V17c0-1.1.9-2 2-2Zm43 6h18a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H60a2 2 0 0 1-2-2V23c0-1.1.9-2 2-2Z" />
      <path className="monitor-bar" d="M9 47h78v3.5a2.5 2.5 0 0 1-2.5 2.5h-73A2.5 2.5 0 0 1 9 50.5z" />
    </svg>
  );
}
