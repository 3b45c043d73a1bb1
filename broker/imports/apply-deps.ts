import type { DirectoryDeps } from '../identity/directory/deps.ts';
import type { EndLeasesOf } from '../leases/index.ts';

/** What imports need besides knowing who does it. */
export type ImportsDeps = Omit<DirectoryDeps, 'actor' | 'address' | 'endLeasesOf'> & { readonly endLeasesOf: EndLeasesOf };

/** In somebody's name and for one organisation. */
export type ApplyDeps = ImportsDeps & Pick<DirectoryDeps, 'actor' | 'address'> & { readonly organisationId: string };
