import type { Code } from '../../broker/port.ts';

/** For each code what happened (`title`) and what to do about it (`detail`), as whole sentences. */
export type Texts = Readonly<Record<Code, { readonly title: string; readonly detail: string }>>;
