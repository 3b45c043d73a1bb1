export { CasesDocument, type Case } from './document.ts';
export { factsOf } from './facts.ts';
export { readCases, type PlacedCase } from './read.ts';
export { tryCase, type Failure } from './try.ts';
