import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { monthName, type Month } from './month.ts';

type MonthSwitchProps = { month: Month; offset: number; onChange: (offset: number) => void };

/** The month in view, with the way to the one before and the one after; there is none after the present one. */
export function MonthSwitch({ month, offset, onChange }: MonthSwitchProps) {
  const { t, language } = useTexts();
  return (
    <div className="month-switch" role="group" aria-label={t('telework.month')}>
      <Button look="outline" size="small" icon="back" onPress={() => onChange(offset - 1)}>
        {t('telework.before')}
      </Button>
      <strong aria-live="polite">{monthName(month, language)}</strong>
      <Button look="outline" size="small" icon="arrow" isDisabled={offset >= 0} onPress={() => onChange(offset + 1)}>
        {t('telework.after')}
      </Button>
    </div>
  );
}
