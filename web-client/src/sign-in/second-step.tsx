import { useState } from 'react';
import type { NextStep, User } from '../../../gateway/http/schemas/index.ts';
import { BypassStep } from './bypass-step.tsx';
import { CodeStep } from './code-step.tsx';
import { EnrolmentStep } from './enrolment-step.tsx';
import { NoPhoneStep } from './no-phone-step.tsx';
import { PasskeyStep } from './passkey-step.tsx';
import { RecoveryStep } from './recovery-step.tsx';

type SecondStepProps = { step: NextStep; onDone: (user: User) => void; onBack: () => void; onTimedOut: () => void };

/** What is owed after the password: the phone's code first, then whatever else would do. */
export function SecondStep({ step: { next, ways }, onDone, onBack, onTimedOut }: SecondStepProps) {
  const [way, setWay] = useState<'usual' | 'no-phone' | 'recovery' | 'bypass'>('usual');
  const rest = { onDone, onTimedOut };
  if (way === 'no-phone') return <NoPhoneStep {...rest} ways={ways} onRecovery={() => setWay('recovery')} onBypass={() => setWay('bypass')} onBack={() => setWay('usual')} />;
  if (way === 'recovery') return <RecoveryStep {...rest} onBack={() => setWay('no-phone')} />;
  if (way === 'bypass') return <BypassStep {...rest} onBack={() => setWay(next === 'enrol' ? 'usual' : 'no-phone')} />;
  if (next === 'enrol') return <EnrolmentStep {...rest} onBypass={() => setWay('bypass')} />;
  if (next === 'passkey') return <PasskeyStep {...rest} onBack={onBack} onNoPasskey={() => setWay('no-phone')} />;
  return <CodeStep {...rest} ways={ways} onBack={onBack} onNoPhone={() => setWay('no-phone')} />;
}
