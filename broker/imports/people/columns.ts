import type { Column } from '../table.ts';

export type PeopleColumn = 'username' | 'display_name' | 'unit' | 'language' | 'roles' | 'duties' | 'status' | 'ends_at' | 'loaned_from';

/** A column that is absent leaves everything as it is. Where there is one, the cell says what shall be. */
export const PEOPLE_COLUMNS: readonly Column<PeopleColumn>[] = [
  { id: 'username', ja: '利用者名', required: true },
  { id: 'display_name', ja: '氏名', required: true },
  // From the top, with `/` between.
  { id: 'unit', ja: '部署', required: true, longest: 2_000 },
  { id: 'language', ja: '言語' },
  // Those for the whole organisation; others are neither shown nor touched.
  { id: 'roles', ja: '役割' },
  { id: 'duties', ja: '業務', longest: 10_000 },
  { id: 'status', ja: '状態' },
  // Of loaned staff: `2027-03-31` or `2027-03-31 17:15`, in Japan.
  { id: 'ends_at', ja: '期限' },
  { id: 'loaned_from', ja: '派遣元' },
];
