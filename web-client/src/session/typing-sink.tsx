import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import { keysymOfLetter } from './keysyms.ts';

type TypingSinkProps = { onKeysym: (keysym: number) => void; onRefused: () => void; onClose: () => void };
const backSpace = 0xff08;
/** Something to delete has to stand in the field, or a tablet's keyboard does not report its delete key. */
const sentinel = '\u00a0';

/** A field that brings up the keyboard of a tablet or phone and passes on each letter. Refuses what is pasted or dropped. */
export function TypingSink({ onKeysym, onRefused, onClose }: TypingSinkProps) {
  const { t } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const input = field.current;
    if (input === null) return;
    const listening = new AbortController();
    const { signal } = listening;
    const type = (text: string): void => {
      for (const letter of text) {
        const keysym = keysymOfLetter(letter);
        if (keysym !== undefined) onKeysym(keysym);
      }
    };
    const clear = (): void => {
      input.value = sentinel;
      input.setSelectionRange(1, 1);
    };
    input.addEventListener(
      'beforeinput',
      (event) => {
        if (event.isComposing || event.inputType === 'insertCompositionText') return;
        event.preventDefault();
        if (event.inputType === 'insertText') type(event.data ?? '');
        else if (event.inputType === 'deleteContentBackward') onKeysym(backSpace);
        else if (event.inputType === 'insertLineBreak') type('\n');
        else if (event.inputType.startsWith('insertFrom')) onRefused();
      },
      { signal },
    );
    input.addEventListener(
      'compositionend',
      (event) => {
        type(event.data);
        clear();
      },
      { signal },
    );
    clear();
    input.focus();
    return () => listening.abort();
  }, [onKeysym, onRefused]);
  return (
    <div className="sink">
      <label className="sink-label">
        {t('typing.label')}
        <input ref={field} className="sink-field" type="text" defaultValue={sentinel} autoCapitalize="none" autoComplete="off" autoCorrect="off" spellCheck={false} enterKeyHint="enter" />
      </label>
      <Button className="bar-button" onPress={onClose} aria-label={t('typing.close')}>
        <Icon name="cross" />
      </Button>
    </div>
  );
}
