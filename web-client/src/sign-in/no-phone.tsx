import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';

/** "I have no phone here": the ways in that take none. */
export function NoPhone({ onBypass }: { onBypass?: () => void }) {
  const { t } = useTexts();
  return (
    <details className="help">
      <summary>{t('code.noPhone.title')}</summary>
      <div className="no-phone">
        {onBypass && <BypassChoice onBypass={onBypass} />}
        <p>{t('code.noPhone.help')}</p>
      </div>
    </details>
  );
}

function BypassChoice({ onBypass }: { onBypass: () => void }) {
  const { t } = useTexts();
  return (
    <>
      <p>{t('bypass.choice.help')}</p>
      <Button look="outline" onPress={onBypass}>
        {t('bypass.choice.open')}
      </Button>
    </>
  );
}
