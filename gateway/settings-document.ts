/** Writes docs/settings.md: `node gateway/settings-document.ts > docs/settings.md`. A test compares the file with this. */
import { z } from 'zod';
import { SETTINGS } from './settings.ts';

export function settingsDocument(): string {
  const rows = Object.entries(SETTINGS).map(([name, schema]) => `| \`${name}\` | ${initial(schema)} | ${schema.description} |`);
  return `# Settings

Environment variables; one that is empty counts as not set. Paths are relative to the directory that the program is started in. A setting that is wrong or missing is named, and nothing starts.
Files with keys must not be writable by others, nor readable by others unless they lie under \`/run/secrets/\`.

| setting | without it | meaning |
|---|---|---|
${rows.join('\n')}
`;
}

function initial(schema: z.ZodType): string {
  const { type, defaultValue } = schema.def as { type: string; defaultValue?: unknown };
  if (type !== 'default' && type !== 'prefault') return '–';
  return defaultValue === '' ? 'none' : `\`${String(defaultValue)}\``;
}

if (import.meta.main) process.stdout.write(settingsDocument());
