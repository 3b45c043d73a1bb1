import type { PolicyFileName } from './documents/index.ts';

export type Contradiction = { readonly file: PolicyFileName; readonly path: readonly PropertyKey[]; readonly cause: string };
