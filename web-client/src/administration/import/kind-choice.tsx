import { useTexts } from '../../i18n/use-texts.ts';
import type { Kind } from './use-import.ts';

/** People or desktops. */
export function KindChoice({ kinds, kind, onChange }: { kinds: readonly Kind[]; kind: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useTexts();
  return (
    <fieldset className="kinds">
      <legend className="visually-hidden">{t('administration.import.what')}</legend>
      {kinds.map((one) => (
        <label key={one} className="kind">
          <input type="radio" name="kind" value={one} checked={one === kind} onChange={() => onChange(one)} />
          {t(`administration.import.kind.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}
