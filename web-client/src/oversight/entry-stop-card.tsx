import { useState } from 'react';
import type { EntryStop } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** One stop of entry, and the two steps that undo it. */
export function EntryStopCard({ stop, mayRelease }: { stop: EntryStop; mayRelease: boolean }) {
  const { t, language } = useTexts();
  const [step, setStep] = useState<'ask' | 'agree' | null>(null);
  const { release } = stop;
  const path = `/api/entry-stops/${encodeURIComponent(stop.id)}/release` as const;
  const change = useChange({
    change: (given: { step: 'ask' | 'agree'; reason: string }) => (given.step === 'ask' ? call<EntryStop>('POST', path, { reason: given.reason }) : call<EntryStop>('POST', `${path}/agreement`, {})),
    refresh: [['sessions']],
    said: (_answer, given) => ({ text: t(given.step === 'ask' ? 'oversight.release.askDone' : 'oversight.release.done') }),
    onDone: () => setStep(null),
  });
  return (
    <Notice tone="warning" title={t('oversight.stopped.title', { where: stop.unit?.name ?? t('oversight.whole') })}>
      <p>{t('oversight.stopped.help', { name: stop.stoppedBy, time: dayAndTime(stop.stoppedAt, language), reason: stop.reason })}</p>
      {release && <p>{release.own ? t('oversight.release.own') : t('oversight.release.asked', { name: release.askedBy, time: dayAndTime(release.askedAt, language), reason: release.reason })}</p>}
      {mayRelease && release?.own !== true && (
        <p>
          <Button look="outline" onPress={() => setStep(release === undefined ? 'ask' : 'agree')}>
            {t(release === undefined ? 'oversight.release.ask' : 'oversight.release.agree')}
          </Button>
        </p>
      )}
      {step !== null && (
        <ConfirmDialog
          title={t(`oversight.release.${step}Title`)}
          confirm={t(`oversight.release.${step}`)}
          reason={step === 'ask'}
          isPending={change.isPending}
          error={change.error}
          onConfirm={({ reason }) => change.mutate({ step, reason })}
          onClose={() => setStep(null)}
        >
          <p>{step === 'ask' ? t('oversight.release.askHelp') : t('oversight.release.agreeHelp', { name: release?.askedBy ?? '' })}</p>
        </ConfirmDialog>
      )}
    </Notice>
  );
}
