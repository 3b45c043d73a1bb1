import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { PeopleList, PersonListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';

type ChoosePersonDialogProps = {
  title: string;
  /** Ids of those who are there already. */
  taken: readonly string[];
  isPending: boolean;
  error: Error | null;
  onChosen: (person: PersonListed) => void;
  onClose: () => void;
};

const shown = 10;

/** Finds people by name; each is given with one press, and the dialog stays for the next. */
export function ChoosePersonDialog({ title, taken, isPending, error, onChosen, onClose }: ChoosePersonDialogProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['people', 'choose', search],
    queryFn: () => call<PeopleList>('GET', `/api/people?${new URLSearchParams({ status: 'active', limit: String(shown), ...(search !== '' && { search }) }).toString()}`),
    placeholderData: keepPreviousData,
  });
  const items = found.data?.items ?? [];
  return (
    <Dialog title={title} onClose={onClose}>
      <TextField name="person-search" type="search" label={t('administration.people.filter.search')} value={typed} onChange={setTyped} maxLength={200} autoComplete="off" autoFocus />
      {found.error !== null && <ProblemNotice error={found.error} />}
      {error !== null && <ProblemNotice error={error} />}
      <p className="soft" role="status">
        {found.data === undefined ? t('loading') : items.length === 0 ? t('administration.people.choose.none') : t(found.data.next === null ? 'administration.people.choose.found' : 'administration.people.choose.first', { count: items.length })}
      </p>
      <ul className="rows choose" role="list" aria-label={title}>
        {items.map((person) => (
          <li key={person.id}>
            <span className="row-text">
              <strong>{person.displayName}</strong>
              <small>
                {person.username} · {person.unitName}
              </small>
            </span>
            {taken.includes(person.id) ? (
              <span className="soft">{t('administration.people.choose.taken')}</span>
            ) : (
              <Button look="outline" size="small" isPending={isPending} onPress={() => onChosen(person)} aria-label={t('administration.people.choose.named', { name: person.displayName })}>
                {t('administration.people.choose.add')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="dialog-actions">
        <Button onPress={onClose}>{t('close')}</Button>
      </div>
    </Dialog>
  );
}
