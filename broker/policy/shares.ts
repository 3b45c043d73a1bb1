import type { Said } from './documents/index.ts';
import type { Share } from './policy.ts';

type Seats = Said['capacity.yaml']['seats'];
type Sharing = { readonly organisations?: Seats['organisations'] | undefined; readonly units?: Seats['units'] | undefined };

/** The shares that capacity.yaml names, of organisations and of units. */
export function sharesOf({ organisations = {}, units = [] }: Sharing): readonly Share[] {
  return [
    ...Object.entries(organisations).map(([name, said]): Share => (typeof said === 'number' ? { path: [name], floor: 0, most: said } : { path: [name], floor: said.floor ?? 0, most: said.most })),
    ...units.map(({ organisation, unit, floor = 0, most }): Share => ({ path: [organisation, ...unit.split('/')], floor, most })),
  ];
}
