import { CODES, type Code } from '../../../broker/codes.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { endings } from '../session/endings.ts';

/** A reason of a decision, or why a session or a sign-in ended, in words; as it is where this page knows none for it. */
export function becauseText(t: ReturnType<typeof useTexts>['t'], because: string): string {
  if (Object.hasOwn(CODES, because)) return t(`codes.${because as Code}.title`);
  const ending = endings.find((known) => known === because);
  return ending === undefined ? because : t(`oversight.endings.${ending}`);
}
