import { queryOptions } from '@tanstack/react-query';
import type { UnitList } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';

/** The units that the person's roles reach. */
export const units = queryOptions({ queryKey: ['units'], queryFn: () => call<UnitList>('GET', '/api/units'), staleTime: 60_000 });
