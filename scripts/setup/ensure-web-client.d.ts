import type { Progress } from './progress.js';

export function ensureWebClient(progress: Progress): Promise<void>;
