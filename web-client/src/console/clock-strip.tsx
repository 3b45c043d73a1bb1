import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ServerClock } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';

const serverClock = queryOptions({ queryKey: ['server-clock'], queryFn: () => call<ServerClock>('GET', '/api/server-clock'), refetchInterval: 15_000 });

/** On every page of those who run the office while the server's clock is in doubt: what no longer works, what still does, and what to do. */
export function ClockStrip() {
  const { t, language } = useTexts();
  const { data } = useQuery(serverClock);
  if (data === undefined || data.trusted || data.why === undefined) return null;
  return (
    <Notice live tone="error" title={t('clock.title')}>
      <p>
        {t(`clock.why.${data.why}`)} {t('clock.since', { time: dayAndTime(data.since, language) })}
      </p>
      <p>{t('clock.help')}</p>
    </Notice>
  );
}
