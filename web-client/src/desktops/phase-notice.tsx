import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { phases } from '../api/queries.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { callPerson } from '../waiting/calling.ts';

/** Which of one's duties are due by now, and when the others will be. Whoever has the page open when a duty becomes due is called. */
export function PhaseNotice() {
  const { t, language } = useTexts();
  const { data } = useQuery(phases);
  const wereDue = useRef<ReadonlySet<string>>(undefined);
  const items = data?.items;
  useEffect(() => {
    if (items === undefined) return;
    const due = items.filter((duty) => duty.due);
    const before = wereDue.current;
    wereDue.current = new Set(due.map(({ dutyId }) => dutyId));
    const [first] = due.filter(({ dutyId }) => before !== undefined && !before.has(dutyId));
    if (first !== undefined) callPerson(t('phase.dueTitle', { duty: first.name }));
  }, [items, t]);
  if (items === undefined || items.length === 0) return null;
  return items.map((duty) => (
    <Notice key={duty.dutyId} live tone={duty.due ? 'success' : 'info'} title={duty.due ? t('phase.dueTitle', { duty: duty.name }) : t('phase.notDueTitle', { duty: duty.name, time: dayAndTime(duty.dueAt, language) })}>
      <p>{duty.due ? t('phase.dueHelp', { time: dayAndTime(duty.dueAt, language) }) : t('phase.notDueHelp')}</p>
    </Notice>
  ));
}
