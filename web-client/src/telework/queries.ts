import { queryOptions } from '@tanstack/react-query';
import type { OwnTelework, UnitDayList } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import type { Month } from './month.ts';

export const ownTelework = ({ from, to }: Month) => queryOptions({ queryKey: ['telework', from, to], queryFn: () => call<OwnTelework>('GET', `/api/telework?from=${from}&to=${to}`) });

export const unitTelework = ({ from, to }: Month) => queryOptions({ queryKey: ['telework', 'unit', from, to], queryFn: () => call<UnitDayList>('GET', `/api/telework/unit?from=${from}&to=${to}`) });
