export { CasesDocument } from './document.ts';
export { readCases, type PlacedCase } from './read.ts';
export { tryCase, type Failure } from './try.ts';
