import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

/** Draws what was asked for once it is here; until then a place for it, or what went wrong with a way to ask again. */
export function Asked<Answer>({ of: query, children }: { of: UseQueryResult<Answer>; children: (answer: Answer) => ReactNode }) {
  const { t } = useTexts();
  const { data, error, isFetching, refetch } = query;
  return (
    <>
      {error !== null && (
        <ProblemNotice error={error}>
          <p>
            <Button look="outline" size="small" icon="refresh" isPending={isFetching} onPress={() => void refetch()}>
              {t('again')}
            </Button>
          </p>
        </ProblemNotice>
      )}
      {data !== undefined && children(data)}
      {data === undefined && error === null && <TableSkeleton />}
    </>
  );
}
