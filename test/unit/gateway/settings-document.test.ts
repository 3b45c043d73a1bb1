import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsDocument } from '../../../gateway/settings-document.ts';

it('docs/settings.md says what the settings are now', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs/settings.md'), 'utf8')).toBe(settingsDocument());
});
