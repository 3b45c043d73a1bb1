import type { LevelProposal, Situation } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Effect } from './effect.tsx';
import type { Level } from './ranks.ts';
import { useLevelChange } from './use-level-change.ts';

/** Takes a proposal back; where it was in force on the proposer's word alone, that ends too. */
export function WithdrawDialog({ proposal: { id, level, own, provisionalUntil }, base, onClose }: { proposal: LevelProposal; base: Level; onClose: () => void }) {
  const { t } = useTexts();
  const name = t(`level.${level}.name`);
  const way = own ? 'own' : 'others';
  const withdraw = useLevelChange({
    change: () => call<Situation>('DELETE', `/api/level/proposals/${id}`),
    said: t(`administration.level.withdraw.${way}.done`, { name }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      wide={provisionalUntil !== undefined}
      title={t(`administration.level.withdraw.${way}.title`, { name })}
      confirm={t(`administration.level.withdraw.${way}.confirm`)}
      look={own ? 'solid' : 'danger'}
      isPending={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={onClose}
    >
      <p>{t(`administration.level.withdraw.${provisionalUntil === undefined ? 'help' : 'provisionalHelp'}`)}</p>
      {provisionalUntil !== undefined && <Effect level={base} provisional={false} />}
    </ConfirmDialog>
  );
}
