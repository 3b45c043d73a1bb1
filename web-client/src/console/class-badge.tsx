import type { Duty } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Priority class (優先区分): its sign, and what it means for whoever does not know it by heart. */
export function ClassBadge({ of: value, meaning = false }: { of: Duty['class']; meaning?: boolean }) {
  const { t } = useTexts();
  return (
    <span className="class">
      <span className={`class-sign class-${value}`}>{value}</span>
      {meaning && <span>{t(`console.class.${value}`)}</span>}
    </span>
  );
}
