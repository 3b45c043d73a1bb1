import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Header } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import { keysyms } from './keysyms.ts';

/** Keys that a keyboard at hand may lack or the browser keeps for itself. What is written on them is the same in every language. */
const japanese = [
  ['半角/全角', [keysyms.zenkakuHankaku]],
  ['変換', [keysyms.henkan]],
  ['無変換', [keysyms.muhenkan]],
  ['カタカナ ひらがな', [keysyms.hiraganaKatakana]],
  ['¥', [keysyms.yen]],
  ['ろ  \\', [keysyms.backslash]],
  ['ろ  _', [keysyms.shift, keysyms.underscore]],
] as const satisfies readonly Key[];
const system = [
  ['Ctrl+Alt+Del', [keysyms.control, keysyms.alt, keysyms.delete]],
  ['Win', [keysyms.windows]],
  ['Alt+Tab', [keysyms.alt, keysyms.tab]],
  ['Alt+F4', [keysyms.alt, keysyms.f4]],
  ['Ctrl+Esc', [keysyms.control, keysyms.escape]],
  ['Esc', [keysyms.escape]],
  ['PrintScreen', [keysyms.printScreen]],
] as const satisfies readonly Key[];
type Key = readonly [face: string, keysyms: readonly number[]];

type KeysMenuProps = { onChord: (keysyms: readonly number[]) => void; onOpenChange: (open: boolean) => void; onDone: () => void };

export function KeysMenu({ onChord, onOpenChange, onDone }: KeysMenuProps) {
  const { t } = useTexts();
  const sections: readonly (readonly [title: string, keys: readonly Key[]])[] = [
    [t('bar.keys.japanese'), japanese],
    [t('bar.keys.system'), system],
  ];
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      <Button className="bar-button">
        <Icon name="keyboard" />
        <span>{t('bar.keys.title')}</span>
        <Icon name="chevron" />
      </Button>
      <Popover className="popover keys" placement="bottom">
        <Menu className="keys-menu">
          {sections.map(([title, keys]) => (
            <MenuSection key={title} className="keys-section" aria-label={title}>
              <Header className="keys-title">{title}</Header>
              {keys.map(([face, chord]) => (
                <MenuItem
                  key={face}
                  className="keys-key"
                  textValue={face}
                  onAction={() => {
                    onChord(chord);
                    // After the menu has put the focus back on its button.
                    setTimeout(onDone);
                  }}
                >
                  <span lang={/^[ -~]/u.test(face) ? undefined : 'ja'}>{face}</span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
