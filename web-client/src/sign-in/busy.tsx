import { useEffect, useRef, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

type Turn = { /** Asks until it is one's turn, or until the wait is given up. */ run<Answer>(ask: () => Promise<Answer>): Promise<Answer>; /** About how many are before; undefined while nobody waits. */ readonly before: number | undefined; stop(): void };

/** For what many do at once: the gateway says how many are before and keeps the place, and the page asks again. */
export function useTurn(): Turn {
  const [before, setBefore] = useState<number>();
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  return {
    before,
    async run(ask) {
      stopped.current = false;
      try {
        for (;;) {
          try {
            return await ask();
          } catch (error) {
            if (!(error instanceof Problem) || error.code !== 'sign-in-busy' || stopped.current) throw error;
            setBefore(error.document?.before ?? 0);
            await new Promise((rested) => setTimeout(rested, (error.document?.retryAfterSeconds ?? 1) * 1000));
            if (stopped.current) throw error;
          }
        }
      } finally {
        setBefore(undefined);
      }
    },
    stop() {
      stopped.current = true;
    },
  };
}

/** That one waits for one's turn, and about how long the line is. */
export function Busy({ before, onStop }: { before: number; onStop: () => void }) {
  const { t } = useTexts();
  return (
    <>
      <Notice live tone="info" title={t('codes.sign-in-busy.title')}>
        <p>{t('codes.sign-in-busy.help')}</p>
        <p className="countdown">{t('signInBusy.before', { before })}</p>
      </Notice>
      <Button look="plain" onPress={onStop}>
        {t('signInBusy.stop')}
      </Button>
    </>
  );
}
