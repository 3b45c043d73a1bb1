import type { LevelProposal, Situation } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Effect, useEffectKnown } from './effect.tsx';
import { useLevelChange } from './use-level-change.ts';

/** One person alone, where nobody who may approve can be reached. */
export function ProvisionalDialog({ proposal: { id, level }, onClose }: { proposal: LevelProposal; onClose: () => void }) {
  const { t } = useTexts();
  const name = t(`level.${level}.name`);
  const known = useEffectKnown(level, true);
  const act = useLevelChange({
    change: () => call<Situation>('POST', `/api/level/proposals/${id}/provisional`, {}),
    said: t('administration.level.provisional.done', { name }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      wide
      title={t('administration.level.provisional.ask', { name })}
      confirm={t('administration.level.provisional.confirm')}
      icon="clock"
      isBlocked={!known}
      isPending={act.isPending}
      error={act.error}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      <p>{t('administration.level.provisional.explain')}</p>
      <Effect level={level} provisional />
    </ConfirmDialog>
  );
}
