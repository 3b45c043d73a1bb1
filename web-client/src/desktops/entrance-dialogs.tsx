import { lazy, Suspense } from 'react';
import type { Desktop, User } from '../../../gateway/http/schemas/index.ts';
import { addTexts } from '../i18n/setup.ts';
import { CredentialsDialog } from './credentials-dialog.tsx';
import { DutyChangeDialog } from './duty-change-dialog.tsx';
import { RefusalDialog } from './refusal-dialog.tsx';
import { WaitChangeDialog } from './wait-change-dialog.tsx';
import type { Entrance } from './use-entrance.ts';

/** Seldom asked for: its texts are those of the consoles. */
const StepUpDialog = lazy(async () => (await addTexts('console'), { default: (await import('../console/step-up-dialog.tsx')).StepUpDialog }));

type EntranceDialogsProps = { entrance: Entrance; goal: Pick<Desktop, 'name' | 'protocol'>; user: User };

/** Whatever the way in asks or says, one dialog at a time. */
export function EntranceDialogs({ entrance, goal, user }: EntranceDialogsProps) {
  const { asking, changingTo, refusal, busy } = entrance;
  if (asking) return <CredentialsDialog desktop={goal} ownName={user.username} onClose={entrance.close} onGiven={entrance.give} />;
  if (busy) return null;
  if (changingTo !== undefined) return <DutyChangeDialog duty={user.duties.find(({ id }) => id === changingTo)?.name ?? ''} onClose={entrance.close} onConfirm={entrance.changeDuty} />;
  if (entrance.changingWait) return <WaitChangeDialog onClose={entrance.close} onConfirm={entrance.changeWait} />;
  if (entrance.proving)
    return (
      <Suspense fallback={null}>
        <StepUpDialog onProved={entrance.again} onClose={entrance.close} />
      </Suspense>
    );
  if (refusal !== null) return <RefusalDialog name={goal.name} error={refusal} level={user.level} onClose={entrance.close} onAgain={entrance.again} onDuty={(dutyId) => entrance.open(dutyId)} />;
  return null;
}
