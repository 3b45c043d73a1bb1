import type { Lease } from '../../../gateway/http/schemas/index.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import { YieldNotice } from './yield-notice.tsx';

/** Stands over the desktop while the session may not go on: when it ends, why, and what to do before. */
export function ClosingNotice({ lease }: { lease: Lease }) {
  const { t, language } = useTexts();
  const { closingAt, closingBecause, yieldsTo } = lease;
  if (closingAt !== undefined && yieldsTo !== undefined) return <YieldNotice lease={lease} until={closingAt} to={yieldsTo} />;
  return (
    <div className="closing" role="alert">
      {closingAt !== undefined && (
        <p className="closing-text">
          <Icon name="warning" />
          <span>
            <strong>{t('closing.title', { time: timeOfDay(closingAt, language) })}</strong> {closingBecause !== undefined && t(`codes.${closingBecause}.title`)} {t('closing.help')}
          </span>
        </p>
      )}
    </div>
  );
}
