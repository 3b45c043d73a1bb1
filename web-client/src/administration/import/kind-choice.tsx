import { useTexts } from '../../i18n/use-texts.ts';
import type { Kind } from './use-import.ts';

/** People or desktops. */
export function KindChoice({ labelledBy, kinds, kind, onChange }: { labelledBy: string; kinds: readonly Kind[]; kind: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useTexts();
  return (
    <div className="kinds" role="radiogroup" aria-labelledby={labelledBy}>
      {kinds.map((one) => (
        <label key={one} className="kind">
          <input type="radio" name="kind" value={one} checked={one === kind} onChange={() => onChange(one)} />
          {t(`administration.import.kind.${one}`)}
        </label>
      ))}
    </div>
  );
}
