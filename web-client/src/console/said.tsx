import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useLocation } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';

/** What was done, and how it is taken back where that is cheap. */
export type Said = { readonly text: string; readonly undo?: () => void };

const SayContext = createContext<(said: Said) => void>(() => undefined);

/** Says to eye and ear that something was done. It stays until it is closed, the next is said or another page is opened. */
export function useSay(): (said: Said) => void {
  return useContext(SayContext);
}

export function SaidProvider({ children }: { children: ReactNode }) {
  const { path } = useLocation();
  const [said, setSaid] = useState<(Said & { path: string }) | null>(null);
  const say = useCallback((next: Said) => setSaid({ ...next, path: location.pathname }), []);
  return (
    <SayContext value={say}>
      <div className="said" role="status" data-live-announcer="true">
        {said !== null && said.path === path && <Message said={said} onClose={() => setSaid(null)} />}
      </div>
      {children}
    </SayContext>
  );
}

/** Milliseconds in which a closing dialog gives the focus back to what opened it. */
const focusReturnsWithin = 100;

function Message({ said: { text, undo }, onClose }: { said: Said; onClose: () => void }) {
  const { t } = useTexts();
  useEffect(() => {
    // What opened the dialog may be gone with what was done.
    const timer = setTimeout(() => document.activeElement === document.body && document.getElementById('main')?.focus({ preventScroll: true }), focusReturnsWithin);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="said-box">
      <Icon name="check" />
      <p>{text}</p>
      {undo && (
        <Button
          look="plain"
          size="small"
          onPress={() => {
            onClose();
            undo();
          }}
        >
          {t('console.said.undo')}
        </Button>
      )}
      <Button look="plain" size="small" onPress={onClose} aria-label={t('console.said.close')}>
        {t('close')}
      </Button>
    </div>
  );
}
