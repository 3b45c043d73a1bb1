import { useCallback, useEffect, useRef, useState } from 'react';

const firstGlanceMs = 5_000;
const lingerMs = 1_500;

/** Open at first and while it is used; gone a moment after. `held` keeps it open. */
export function useOutOfTheWay(held: boolean) {
  const [open, setOpen] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const goAfter = useCallback((milliseconds: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(false), milliseconds);
  }, []);
  const stay = useCallback(() => {
    clearTimeout(timer.current);
    setOpen(true);
  }, []);
  const goSoon = useCallback(() => {
    if (!held) goAfter(lingerMs);
  }, [held, goAfter]);
  const goNow = useCallback(() => {
    clearTimeout(timer.current);
    setOpen(false);
  }, []);
  useEffect(() => {
    if (held) stay();
    else goAfter(firstGlanceMs);
    return () => clearTimeout(timer.current);
  }, [held, stay, goAfter]);
  return { open, stay, goSoon, goNow };
}
