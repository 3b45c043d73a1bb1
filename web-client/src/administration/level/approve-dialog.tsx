import type { LevelProposal, Situation } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { Effect, useEffectKnown } from './effect.tsx';
import { useLevelChange } from './use-level-change.ts';

/** The second person's word, after a look at what it will do. */
export function ApproveDialog({ proposal: { id, level, proposedBy }, onClose }: { proposal: LevelProposal; onClose: () => void }) {
  const { t } = useTexts();
  const name = t(`level.${level}.name`);
  const known = useEffectKnown(level, false);
  const approve = useLevelChange({
    change: () => call<Situation>('POST', `/api/level/proposals/${id}/approval`, {}),
    said: t('administration.level.approve.done', { name }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      wide
      title={t('administration.level.approve.title', { name })}
      confirm={t('administration.level.approve.confirm')}
      icon="check"
      isBlocked={!known}
      isPending={approve.isPending}
      error={approve.error}
      onConfirm={() => approve.mutate()}
      onClose={onClose}
    >
      <p>{t('administration.level.approve.help', { person: proposedBy.displayName })}</p>
      <Effect level={level} provisional={false} />
    </ConfirmDialog>
  );
}
