import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Candidate, CandidateList, Succession } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { ReasonField } from '../../console/reason-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSuccessionChange } from './use-succession-change.ts';

/** Another order, put together one by one. It counts once another person has approved it. */
export function OrderDialog({ order, onClose }: { order: readonly Candidate[]; onClose: () => void }) {
  const { t } = useTexts();
  const [people, setPeople] = useState(order);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const propose = useSuccessionChange({
    change: () => call<Succession>('POST', '/api/succession/orders', { people: people.map(({ id }) => id), reason: reason.trim() }),
    said: t('administration.succession.change.done'),
    onDone: onClose,
  });
  const move = (place: number, to: number): void => setPeople(people.with(place, people[to]!).with(to, people[place]!));
  return (
    <FormDialog
      wide
      title={t('administration.succession.change.title')}
      confirm={t('administration.succession.change.confirm')}
      isPending={propose.isPending}
      error={propose.error}
      onClose={onClose}
      onSubmit={() => (reason.trim() === '' ? setChecked(true) : propose.mutate())}
    >
      <p>{t('administration.succession.change.help')}</p>
      {people.length === 0 ? (
        <p className="soft">{t('administration.succession.change.nobody')}</p>
      ) : (
        <ol className="succession succession-editing" aria-label={t('administration.succession.order')}>
          {people.map(({ id, displayName, unitName }, place) => (
            <li key={id}>
              <span className="row-text">
                <strong>{displayName}</strong>
                <small>{unitName}</small>
              </span>
              <span className="succession-moves">
                <Button look="outline" size="small" icon="up" isDisabled={place === 0} onPress={() => move(place, place - 1)}>
                  <span className="visually-hidden">{t('administration.succession.change.up', { name: displayName })}</span>
                </Button>
                <Button look="outline" size="small" icon="down" isDisabled={place === people.length - 1} onPress={() => move(place, place + 1)}>
                  <span className="visually-hidden">{t('administration.succession.change.down', { name: displayName })}</span>
                </Button>
                <Button look="outline" size="small" icon="cross" onPress={() => setPeople(people.toSpliced(place, 1))}>
                  <span className="visually-hidden">{t('administration.succession.change.remove', { name: displayName })}</span>
                </Button>
              </span>
            </li>
          ))}
        </ol>
      )}
      <Found taken={people.map(({ id }) => id)} onChosen={(person) => setPeople([...people, person])} />
      <ReasonField value={reason} onChange={setReason} missing={checked && reason.trim() === ''} />
    </FormDialog>
  );
}

function Found({ taken, onChosen }: { taken: readonly string[]; onChosen: (person: Candidate) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['level', 'candidates', search],
    queryFn: () => call<CandidateList>('GET', search === '' ? '/api/succession/candidates' : `/api/succession/candidates?${new URLSearchParams({ search }).toString()}`),
    placeholderData: keepPreviousData,
  });
  const items = (found.data?.items ?? []).filter(({ id }) => !taken.includes(id)).slice(0, 5);
  return (
    <>
      <TextField name="candidate" type="search" label={t('administration.succession.change.search')} value={typed} onChange={setTyped} maxLength={100} autoComplete="off" />
      {found.error !== null && <ProblemNotice error={found.error} />}
      <p className="soft" role="status">
        {found.data === undefined ? t('loading') : items.length === 0 ? t('administration.people.choose.none') : t('administration.succession.change.choose')}
      </p>
      <ul className="rows choose" role="list">
        {items.map((person) => (
          <li key={person.id}>
            <span className="row-text">
              <strong>{person.displayName}</strong>
              <small>{person.unitName}</small>
            </span>
            <Button look="outline" size="small" icon="plus" onPress={() => onChosen(person)} aria-label={t('administration.people.choose.named', { name: person.displayName })}>
              {t('administration.people.choose.add')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
