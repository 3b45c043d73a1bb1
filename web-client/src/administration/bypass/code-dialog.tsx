import type { ApprovedBypass } from '../../../../gateway/http/schemas/index.ts';
import { duration } from '../../console/duration.ts';
import { useNow } from '../../console/use-now.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { spokenGroups } from './spoken-groups.ts';
import './bypass.css';

/** The code, told once, to be read out to the shelter manager. */
export function CodeDialog({ approved: { code, bypass }, onClose }: { approved: ApprovedBypass; onClose: () => void }) {
  const { t } = useTexts();
  const now = useNow();
  const left = bypass.redeemUntil === undefined ? 0 : Math.max(0, (Date.parse(bypass.redeemUntil) - now) / 1000);
  return (
    <Dialog role="alertdialog" title={t('administration.bypass.code.title')} onClose={onClose}>
      <p>{t('administration.bypass.code.help', { voucher: bypass.voucher.displayName, by: bypass.reachedBy, person: bypass.person.displayName })}</p>
      <p className="bypass-code" role="group" aria-label={t('administration.bypass.code.label')} translate="no">
        {spokenGroups(code).map((group, place) => (
          <span key={place}>{group}</span>
        ))}
      </p>
      <p role="timer">{t('administration.bypass.code.left', { left: duration(t, left) })}</p>
      <p>{t('administration.bypass.code.once')}</p>
      <div className="dialog-actions">
        <Button onPress={onClose}>{t('administration.bypass.code.passedOn')}</Button>
      </div>
    </Dialog>
  );
}
