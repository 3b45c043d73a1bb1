import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Drill, User } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { Asked } from '../../console/asked.tsx';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { duration } from '../../console/duration.ts';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { dayAndTime, timeOfDay } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ClassesNow } from '../board/classes-now.tsx';
import { DutiesStanding } from '../board/duties-standing.tsx';
import { PhaseClock } from '../board/phase-clock.tsx';
import { Preemptions } from '../board/preemptions.tsx';
import { Queue } from '../board/queue.tsx';
import { SeatPicture } from '../board/seat-picture.tsx';
import { levels } from '../level/ranks.ts';
import { drillBoard, oneDrill } from './queries.ts';
import { Result } from './result.tsx';
import '../board/board.css';
import './drills.css';

/** One drill (訓練): its situation board while it is under way, its result afterwards. */
export function DrillPage({ user, drillId }: { user: User; drillId: string }) {
  const { t } = useTexts();
  const drill = useQuery(oneDrill(drillId));
  return (
    <ConsolePage title={drill.data?.name ?? t('administration.drills.title')} intro={t('administration.drills.noEffect')} actions={drill.data !== undefined && drill.data.endedAt === undefined && user.may.includes('drills.run') && <Controls drill={drill.data} />}>
      <Asked of={drill}>
        {(found) => (
          <>
            <Facts drill={found} />
            {found.result === undefined ? <Live drillId={drillId} name={found.name} /> : <Result drillId={drillId} result={found.result} />}
          </>
        )}
      </Asked>
    </ConsolePage>
  );
}

function Facts({ drill }: { drill: Drill }) {
  const { t, language } = useTexts();
  const facts: readonly { readonly name: string; readonly value: string }[] = [
    { name: t('administration.drills.facts.event'), value: t(`level.events.${drill.event}`) },
    { name: t('administration.drills.facts.level'), value: t(`level.${drill.levelNow}.name`) },
    { name: t('administration.drills.facts.seats'), value: String(drill.seats) },
    { name: t('administration.drills.facts.pace'), value: t('administration.drills.paceOf', { seconds: drill.pace }) },
    { name: t('administration.drills.facts.turnout'), value: t('administration.drills.turnoutOf', { percent: drill.turnout, hours: drill.asksWithin }) },
    { name: t('administration.drills.facts.tookPart'), value: String(drill.tookPart) },
    { name: t('administration.drills.facts.startedAt'), value: `${dayAndTime(drill.startedAt, language)} · ${drill.startedBy}` },
    drill.endedAt === undefined ? { name: t('administration.drills.facts.endsAt'), value: timeOfDay(drill.endsAt, language) } : { name: t('administration.drills.facts.endedAt'), value: timeOfDay(drill.endedAt, language) },
  ];
  return (
    <dl className="drill-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Live({ drillId, name }: { drillId: string; name: string }) {
  const { t } = useTexts();
  const now = useQuery(drillBoard(drillId));
  return (
    <Asked of={now}>
      {(found) => (
        <>
          <Notice tone="warning" title={t('administration.board.drill', { name })}>
            {found.inForce.onset !== undefined && <p>{t('administration.board.phase.elapsed', { time: duration(t, (Date.parse(found.at) - Date.parse(found.inForce.onset)) / 1000) })}</p>}
          </Notice>
          <PhaseClock phase={found.phase} at={Date.parse(found.at)} />
          <SeatPicture seats={found.seats} />
          <Preemptions preemptions={found.preemptions} />
          <ClassesNow classes={found.classes} />
          <Queue waiting={found.waiting} at={Date.parse(found.at)} />
          <DutiesStanding duties={found.duties} />
        </>
      )}
    </Asked>
  );
}

function Controls({ drill }: { drill: Drill }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<'level' | 'end' | null>(null);
  const [level, setLevel] = useState<Drill['level']>(drill.levelNow);
  const close = (): void => setOpen(null);
  const change = useChange({ change: () => call<Drill>('POST', `/api/drills/${drill.id}/level`, { level }), refresh: [['drills'], ['drill']], said: () => ({ text: t('administration.drills.level.done', { name: t(`level.${level}.name`) }) }), onDone: close });
  const end = useChange({ change: () => call<Drill>('POST', `/api/drills/${drill.id}/end`, {}), refresh: [['drills'], ['drill']], said: () => ({ text: t('administration.drills.end.done') }), onDone: close });
  return (
    <>
      <Button look="outline" onPress={() => setOpen('level')}>
        {t('administration.drills.level.open')}
      </Button>
      <Button look="danger" icon="stop" onPress={() => setOpen('end')}>
        {t('administration.drills.end.open')}
      </Button>
      {open === 'level' && (
        <ConfirmDialog title={t('administration.drills.level.open')} confirm={t('administration.drills.level.confirm', { name: t(`level.${level}.name`) })} isBlocked={level === drill.levelNow} isPending={change.isPending} error={change.error} onConfirm={() => change.mutate()} onClose={close}>
          <p>{t('administration.drills.level.help')}</p>
          <SelectField name="level" label={t('administration.drills.facts.level')} options={levels.map((value) => ({ value, name: t(`level.${value}.name`) }))} value={level} onChange={(value) => setLevel(value as Drill['level'])} />
        </ConfirmDialog>
      )}
      {open === 'end' && (
        <ConfirmDialog title={t('administration.drills.end.open')} confirm={t('administration.drills.end.open')} look="danger" icon="stop" isPending={end.isPending} error={end.error} onConfirm={() => end.mutate()} onClose={close}>
          <p>{t('administration.drills.end.help')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
