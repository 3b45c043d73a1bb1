import type { ContinuityDeps } from '../continuity/deps.ts';
import type { EndLeasesOf } from '../leases/index.ts';

export type DevicesDeps = ContinuityDeps & { readonly endLeasesOf: EndLeasesOf };
