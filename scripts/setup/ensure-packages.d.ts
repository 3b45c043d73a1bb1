interface Progress {
  step(name: string): void;
  say(line: string): void;
}

export function ensurePackages(
  progress: Progress,
  options?: { directory?: string; install?: () => Promise<{ code: number; output: string }> },
): Promise<void>;

export function whatIsLacking(directory: string): string | undefined;
