import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton, ToggleButton, Toolbar } from 'react-aria-components';
import type { Lease } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import { GateMark } from '../ui/wordmark.tsx';
import { KeysMenu } from './keys-menu.tsx';
import { keysyms } from './keysyms.ts';
import { LineQuality } from './line-quality.tsx';
import type { RoundTrips } from './round-trip.ts';
import { TimeLeftClock } from './time-left-clock.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { useOutOfTheWay } from './use-out-of-the-way.ts';

type SessionBarProps = {
  lease: Lease;
  expiresAt: string;
  trips: RoundTrips;
  /** Counts up each time the keyboard asks for the bar. */
  calls: number;
  /** Nothing is on the screen yet, so the bar is in nobody's way. */
  busy: boolean;
  typing: boolean;
  onChord: (keysyms: readonly number[]) => void;
  onTyping: (typing: boolean) => void;
  onEnd: () => void;
  /** The keyboard goes back to the desktop. */
  onLeave: () => void;
  onRunningOut: () => void;
};

/** What one needs beside the desktop. Slides away when unused; Ctrl+Alt+Shift, the handle or the pointer bring it back. */
export function SessionBar(props: SessionBarProps) {
  const { lease, expiresAt, trips, calls, busy, typing, onChord, onTyping, onEnd, onLeave, onRunningOut } = props;
  const { t } = useTexts();
  const bar = useRef<HTMLDivElement>(null);
  const [pinned, setPinned] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const full = useFullScreen();
  const { open, stay, goSoon, goNow } = useOutOfTheWay(busy || pinned || menuOpen);

  const [entered, setEntered] = useState(0);
  const enter = (): void => {
    stay();
    setEntered((times) => times + 1);
  };
  useEffect(() => {
    if (calls > 0) enter();
  }, [calls]);
  useEffect(() => {
    if (entered > 0) bar.current?.querySelector('button')?.focus();
  }, [entered]);
  // A bar that is gone can hold no focus: it would be nowhere, and what is typed next would be lost.
  useEffect(() => {
    if (!open && document.activeElement === document.body) onLeave();
  }, [open]);

  const back = (): void => {
    if (!pinned) goNow();
    onLeave();
  };
  return (
    <header className={open ? 'bar bar-open' : 'bar'}>
      <AriaButton className="bar-handle" aria-expanded={open} onPress={enter}>
        <Icon name="chevron" />
        <span className="visually-hidden">{t('bar.handle')}</span>
      </AriaButton>
      <div
        className="bar-body"
        inert={!open}
        ref={bar}
        onPointerEnter={stay}
        onPointerLeave={goSoon}
        onFocus={stay}
        onBlur={goSoon}
        onKeyDown={(event) => event.key === 'Escape' && back()}
      >
        <p className="bar-title">
          <GateMark />
          <span>
            <strong>{lease.desktopName}</strong> <span className="bar-duty">{lease.dutyName}</span>
          </span>
        </p>
        <TimeLeftClock until={expiresAt} onRunningOut={onRunningOut} />
        <LineQuality trips={trips} />
        <Toolbar className="bar-tools" aria-label={t('bar.label')}>
          <KeysMenu onChord={onChord} onOpenChange={setMenuOpen} onDone={onLeave} />
          <AriaButton
            className="bar-button"
            onPress={() => {
              onChord([keysyms.control, keysyms.alt, keysyms.delete]);
              onLeave();
            }}
          >
            Ctrl+Alt+Del
          </AriaButton>
          <ToggleButton className="bar-button bar-typing" isSelected={typing} onChange={onTyping} aria-label={t('bar.typing')}>
            <Icon name="keyboard" />
          </ToggleButton>
          {full.possible && (
            <AriaButton className="bar-button" onPress={() => void full.toggle()} aria-label={full.on ? t('bar.window') : t('bar.full')}>
              <Icon name={full.on ? 'shrink' : 'expand'} />
            </AriaButton>
          )}
          <ToggleButton className="bar-button" isSelected={pinned} onChange={setPinned} aria-label={t('bar.pin')}>
            <Icon name="pin" />
          </ToggleButton>
          <AriaButton className="bar-button" onPress={back} aria-label={t('bar.back')}>
            <Icon name="monitor" />
          </AriaButton>
          <AriaButton className="bar-button bar-end" onPress={onEnd}>
            <Icon name="end" />
            <span>{t('bar.end')}</span>
          </AriaButton>
        </Toolbar>
      </div>
    </header>
  );
}
