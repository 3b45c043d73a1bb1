import type { Lease } from '../../../gateway/http/schemas/index.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';

/** Stands over the desktop while the session may not go on: when it ends, why, and what to do before. */
export function ClosingNotice({ lease: { closingAt, closingBecause } }: { lease: Pick<Lease, 'closingAt' | 'closingBecause'> }) {
  const { t, language } = useTexts();
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
