import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { RunningDrill, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { desktops, pools } from '../api/queries.ts';
import { SelectField } from '../console/select-field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { runningDrill } from './queries.ts';

/** Asks for a seat of the drill as one would for a real one: which desktop, for which duty. */
export function TakePart({ drillId, user }: { drillId: string; user: User }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const own = useQuery(desktops).data?.items.map(({ id, name }) => ({ value: `desktopId ${id}`, name })) ?? [];
  const shared = useQuery(pools).data?.items.map(({ id, name }) => ({ value: `poolId ${id}`, name })) ?? [];
  const choices = [...own, ...shared];
  const [chosen, setChosen] = useState('');
  const [dutyId, setDutyId] = useState(user.duties[0]?.id ?? '');
  const [kind, id] = (chosen === '' ? (choices[0]?.value ?? '') : chosen).split(' ');
  const ask = useMutation({
    mutationFn: () => call<RunningDrill>('POST', `/api/drills/${drillId}/part`, { [kind ?? '']: id, dutyId }),
    onSuccess: (now) => queryClient.setQueryData(runningDrill.queryKey, now),
  });
  if (user.duties.length === 0 || choices.length === 0) return <Notice tone="info" title={t('drill.nothing')}><p>{t('drill.nothingHelp')}</p></Notice>;
  return (
    <Form
      className="drill-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate();
      }}
    >
      <SelectField name="duty" label={t('duty.label')} options={user.duties.map((duty) => ({ value: duty.id, name: `${duty.name}（${duty.class}）` }))} value={dutyId} onChange={setDutyId} />
      <SelectField name="desktop" label={t('drill.desktop')} options={choices} value={`${kind ?? ''} ${id ?? ''}`} onChange={setChosen} />
      {ask.error !== null && <ProblemNotice error={ask.error} />}
      <p>
        <Button type="submit" isPending={ask.isPending}>
          {t('drill.ask')}
        </Button>
      </p>
    </Form>
  );
}
