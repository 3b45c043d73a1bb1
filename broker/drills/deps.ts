import type { Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import type { Database } from '../store/index.ts';
import type { Shadows } from './shadow.ts';

export type DrillsDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly ids: Pick<Ids, 'uuid'>; readonly policy: PolicySource; readonly shadows: Shadows };
