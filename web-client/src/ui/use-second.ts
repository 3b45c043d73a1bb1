import { useEffect, useState } from 'react';

/** The time in milliseconds since 1970, drawn anew every second: for what runs out while one looks. */
export function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(tick);
  }, []);
  return now;
}
