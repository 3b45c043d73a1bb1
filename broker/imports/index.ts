export { csvLine } from './csv/write.ts';
export { createImports, type Imports } from './imports.ts';
export type { ImportScope } from './scope.ts';
