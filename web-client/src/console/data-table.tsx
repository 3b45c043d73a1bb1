import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, useRef, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Pager } from './pager.tsx';
import { TableSkeleton } from './table-skeleton.tsx';
import type { List } from './use-cursor-list.ts';
import './data-table.css';

export type Column<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Its cells name the row; the first column does where none says so. */
  readonly names?: boolean;
  /** Numbers stand at the end. */
  readonly align?: 'end';
};
type DataTableProps<Row> = {
  /** Names the table for those who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  list: List<Row>;
  keyOf: (row: Row) => string;
  /** Stands in for a table without rows. */
  empty: ReactNode;
};

const features = tableFeatures({});
const none: never[] = [];

/** A list as a table, page by page; where there is little room each row is a card. It stays a table for readers. */
export function DataTable<Row extends object>({ label, columns, list, keyOf, empty }: DataTableProps<Row>) {
  const { t } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const { items, error, busy, paging } = list;
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) => helper.display({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) }));
  }, [columns]);
  const table = useTable({ features, columns: definitions, data: items ?? none, getRowId: keyOf });
  const naming = columns.find(({ names }) => names)?.id ?? columns[0]?.id;
  const columnOf = new Map(columns.map((column) => [column.id, column]));

  if (error !== null) {
    return (
      <ProblemNotice error={error}>
        <p>
          <Button look="outline" size="small" icon="refresh" isPending={busy} onPress={list.again}>
            {t('again')}
          </Button>
        </p>
      </ProblemNotice>
    );
  }
  if (items === undefined) return <TableSkeleton />;
  const { rows } = table.getRowModel();
  return (
    <div className="table-box" ref={box} tabIndex={-1}>
      <p className="visually-hidden" role="status">
        {rows.length === 0 ? t('console.table.none') : t(paging?.next ? 'console.table.shownMore' : 'console.table.shown', { count: rows.length })}
      </p>
      {rows.length === 0 ? (
        empty
      ) : (
        <table className="table" role="table" aria-busy={busy} aria-label={label}>
          <thead role="rowgroup">
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} role="row">
                {group.headers.map((header) => (
                  <th key={header.id} role="columnheader" scope="col" className={columnOf.get(header.id)?.align === 'end' ? 'table-end' : undefined}>
                    <table.FlexRender header={header} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr key={row.id} role="row">
                {row.getAllCells().map((cell) => {
                  const { id } = cell.column;
                  const content = <table.FlexRender cell={cell} />;
                  if (id === naming) {
                    return (
                      <th key={id} role="rowheader" scope="row" className="table-name">
                        {content}
                      </th>
                    );
                  }
                  return (
                    <td key={id} role="cell" className={columnOf.get(id)?.align === 'end' ? 'table-end' : undefined}>
                      <span className="table-label" aria-hidden="true">
                        {columnOf.get(id)?.header}
                      </span>
                      <div className="table-value">{content}</div>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {paging && <Pager paging={paging} onTurned={() => box.current?.focus()} />}
    </div>
  );
}
