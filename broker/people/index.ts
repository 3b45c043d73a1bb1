export { createFactorsOfPeople } from './factors.ts';
export { createTermUpkeep } from './term-upkeep.ts';
export { createPeople } from './people.ts';
