import { useState } from 'react';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { go } from '../routing/location.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { problemIn, ProblemNotice } from '../ui/problem-notice.tsx';

type RefusalDialogProps = {
  name: string;
  error: Error;
  level: User['level'];
  onClose: () => void;
  onAgain: () => void;
  /** Opens it for another duty that would do. */
  onDuty: (dutyId: string) => void;
};

/** Every reason why the desktop was not opened, with what would help; once that has come about, it says so. */
export function RefusalDialog({ name, error, level, onClose, onAgain, onDuty }: RefusalDialogProps) {
  const { t } = useTexts();
  const [refusedAt] = useState(level);
  const help = problemIn(error).document?.help ?? [];
  const changed = refusedAt.number !== level.number;
  const inForce = level.provisional?.level ?? level.level;
  const acknowledge = help.some((way) => way.kind === 'acknowledge');
  const duty = help.find((way) => way.kind === 'duty');
  return (
    <Dialog role="alertdialog" title={t('refusal.title', { name })} onClose={onClose}>
      <ProblemNotice error={error}>
        {help.length > 0 && (
          <>
            <p className="refusal-ways">{t('refusal.ways')}</p>
            <ul>
              {help.map((way) => (
                <li key={way.text}>{way.text}</li>
              ))}
            </ul>
          </>
        )}
      </ProblemNotice>
      {changed && (
        <Notice tone="success" live title={t('refusal.changed')}>
          <p>{t('refusal.changedHelp', { name: t(`level.${inForce}.name`) })}</p>
        </Notice>
      )}
      <div className="dialog-actions">
        <Button look={changed || duty || acknowledge ? 'outline' : 'solid'} autoFocus onPress={onClose}>
          {t('close')}
        </Button>
        {acknowledge && !changed && (
          <Button
            icon="arrow"
            onPress={() => {
              onClose();
              go('/duties');
            }}
          >
            {t('refusal.toRules')}
          </Button>
        )}
        {duty && !acknowledge && !changed && <Button onPress={() => onDuty(duty.dutyId)}>{t('refusal.useDuty', { name: duty.name })}</Button>}
        {changed && (
          <Button icon="arrow" onPress={onAgain}>
            {t('refusal.tryAgain')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
