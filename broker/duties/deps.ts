import type { Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import type { PolicySource } from '../policy/index.ts';
import type { Database } from '../store/index.ts';

export type DutiesDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly ids: Pick<Ids, 'uuid'>; readonly policy: PolicySource; readonly endLeasesOf: EndLeasesOf };
