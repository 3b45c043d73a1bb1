import { useState } from 'react';
import type { LevelInForce, Situation } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Effect, useEffectKnown } from './effect.tsx';
import { tighter, type Level } from './ranks.ts';
import { useLevelChange } from './use-level-change.ts';

/** Down at once, by one person. */
export function TightenDialog({ inForce, onClose }: { inForce: LevelInForce; onClose: () => void }) {
  const { t } = useTexts();
  const [choices] = useState(() => tighter(inForce));
  const [level, setLevel] = useState<Level>(choices[0] ?? '0');
  const known = useEffectKnown(level, false);
  const tighten = useLevelChange({
    change: (reason: string) => call<Situation>('POST', '/api/level/tightening', { level, reason }),
    said: t('administration.level.tighten.done', { name: t(`level.${level}.name`) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      wide
      reason
      title={t('administration.level.tighten.title')}
      confirm={t('administration.level.tighten.confirm', { name: t(`level.${level}.name`) })}
      look="danger"
      icon="down"
      isBlocked={!known}
      isPending={tighten.isPending}
      error={tighten.error}
      onConfirm={({ reason }) => tighten.mutate(reason)}
      onClose={onClose}
    >
      <p>{t('administration.level.tighten.help')}</p>
      <SelectField
        name="level"
        label={t('administration.level.tighten.level')}
        options={choices.map((choice) => ({ value: choice, name: t(`level.${choice}.name`) }))}
        value={level}
        onChange={(value) => setLevel(value as Level)}
      />
      <Effect level={level} provisional={false} />
    </ConfirmDialog>
  );
}
