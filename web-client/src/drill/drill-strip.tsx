import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import { runningDrill } from './queries.ts';
import './drill.css';

/** On every page while a drill is under way: that it is one, and the way to it. */
export function DrillStrip({ mayTakePart }: { mayTakePart: boolean }) {
  const { t } = useTexts();
  const { data } = useQuery(runningDrill);
  if (data?.drill === undefined) return null;
  const { name, part } = data.drill;
  return (
    <aside className="drill-strip" aria-label={t('drill.label')}>
      <p>
        <Icon name="info" />
        <strong>{t('drill.strip', { name })}</strong> <span>{t('drill.noEffect')}</span>
      </p>
      {mayTakePart && (
        <Link href="/drill" className="drill-strip-link">
          {part === undefined || part.state === 'left' ? t('drill.takePart') : t('drill.toOwn')}
        </Link>
      )}
    </aside>
  );
}
