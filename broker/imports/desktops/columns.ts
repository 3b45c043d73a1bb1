import type { Column } from '../table.ts';

export type DesktopColumn = 'name' | 'protocol' | 'host' | 'port' | 'kind' | 'sessions' | 'weight' | 'pool' | 'credentials' | 'assigned_to' | 'status';

/** A column that is absent leaves everything as it is, and so does an empty cell of `port` to `weight`, `credentials` and `status`. */
export const DESKTOP_COLUMNS: readonly Column<DesktopColumn>[] = [
  { id: 'name', ja: 'デスクトップ名', required: true },
  { id: 'protocol', ja: '接続方式', required: true },
  { id: 'host', ja: '接続先', required: true },
  { id: 'port', ja: 'ポート' },
  { id: 'kind', ja: '種類' },
  { id: 'sessions', ja: '同時利用数' },
  // Seats that a session on it takes.
  { id: 'weight', ja: '席数' },
  { id: 'pool', ja: 'プール' },
  { id: 'credentials', ja: '資格情報' },
  // Usernames.
  { id: 'assigned_to', ja: '割り当て', longest: 50_000 },
  { id: 'status', ja: '状態' },
];
