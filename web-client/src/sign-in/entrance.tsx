import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import { GateScene } from './gate-scene.tsx';
import './entrance.css';

/** The frame of the pages in front of the gate: what this is on one side, the question on the other. */
export function Entrance({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  return (
    <div className="entrance">
      <header className="entrance-side">
        <div className="entrance-brand">
          <Wordmark />
          <p className="entrance-claim">{t('entrance.claim')}</p>
        </div>
        <GateScene />
      </header>
      <div className="entrance-body">
        <div className="entrance-tools">
          <LanguageSwitch />
        </div>
        <main className="entrance-main">{children}</main>
        <footer className="entrance-footer">
          <p>{t('entrance.notice')}</p>
        </footer>
      </div>
    </div>
  );
}
