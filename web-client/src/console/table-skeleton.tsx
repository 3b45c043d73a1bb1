import { useTexts } from '../i18n/use-texts.ts';

const rows = [0, 1, 2, 3, 4];

/** Where a table will be. */
export function TableSkeleton() {
  const { t } = useTexts();
  return (
    <div className="table-box">
      <p className="visually-hidden" role="status">
        {t('console.table.busy')}
      </p>
      <div className="table-skeleton" aria-hidden="true">
        {rows.map((row) => (
          <span key={row} />
        ))}
      </div>
    </div>
  );
}
