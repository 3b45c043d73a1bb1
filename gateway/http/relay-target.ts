import { Refusal } from '../../broker/port.ts';
import { fitting } from './request-invalid.ts';
import { IdParameter, RelayQuery } from './schemas/index.ts';

const PREFIX = '/relay/';

/**
 * The lease and the view that an upgrade asks for by its address.
 * @throws Refusal `not-found`, RequestInvalid
 */
export function relayTarget(url: string | undefined): { readonly leaseId: string; readonly view: RelayQuery } {
  const [path = '', query = ''] = url?.split('?', 2) ?? [];
  const id = path.startsWith(PREFIX) ? IdParameter.safeParse({ id: path.slice(PREFIX.length) }) : undefined;
  if (!id?.success) throw new Refusal('not-found');
  return { leaseId: id.data.id, view: fitting(RelayQuery, Object.fromEntries(new URLSearchParams(query))) };
}
