import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetails, ProviderAccount } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { Asked } from '../../console/asked.tsx';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { FormDialog } from '../../console/form-dialog.tsx';
import { useChange } from '../../console/use-change.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { providerAccount } from '../queries.ts';

/** Under which name an identity provider is expected to know a person, and what is linked. */
export function PersonProvider({ person }: { person: PersonDetails }) {
  const { t, language } = useTexts();
  const found = useQuery(providerAccount(person.id));
  const [open, setOpen] = useState<'name' | 'unlink' | null>(null);
  return (
    <section className="panel" aria-labelledby="person-provider-title">
      <h2 id="person-provider-title">{t('administration.people.provider.title')}</h2>
      <p className="soft">{t('administration.people.provider.help')}</p>
      <Asked of={found}>
        {(account) => (
          <>
            <dl className="facts">
              <dt>{t('administration.people.provider.name')}</dt>
              <dd>{account.name ?? t('administration.people.provider.noName')}</dd>
              <dt>{t('administration.people.provider.linked')}</dt>
              <dd>
                {account.linked.length === 0 && t('administration.people.provider.notLinked')}
                {account.linked.map(({ issuer, linkedAt }) => (
                  <div key={issuer}>{t('administration.people.provider.linkedTo', { issuer, time: dayAndTime(linkedAt, language) })}</div>
                ))}
              </dd>
            </dl>
            <div className="row-actions">
              <Button look="outline" size="small" onPress={() => setOpen('name')}>
                {t('administration.people.provider.open')}
              </Button>
              {(account.name !== null || account.linked.length > 0) && (
                <Button look="outline" size="small" onPress={() => setOpen('unlink')}>
                  {t('administration.people.provider.unlink')}
                </Button>
              )}
            </div>
            {open === 'name' && <NameDialog person={person} name={account.name ?? ''} onClose={() => setOpen(null)} />}
            {open === 'unlink' && <UnlinkDialog person={person} onClose={() => setOpen(null)} />}
          </>
        )}
      </Asked>
    </section>
  );
}

function NameDialog({ person, name, onClose }: { person: PersonDetails; name: string; onClose: () => void }) {
  const { t } = useTexts();
  const [given, setGiven] = useState(name);
  const [checked, setChecked] = useState(false);
  const change = useProviderChange(person, {
    change: () => call<ProviderAccount>('PUT', `/api/people/${person.id}/provider`, { name: given.trim() }),
    said: t('administration.people.provider.named', { name: person.displayName }),
    onClose,
  });
  const missing = given.trim() === '';
  return (
    <FormDialog
      title={t('administration.people.provider.nameTitle', { name: person.displayName })}
      confirm={t('administration.people.provider.nameConfirm')}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={() => (missing ? setChecked(true) : change.mutate())}
    >
      <p>{t('administration.people.provider.nameHelp')}</p>
      <TextField name="provider-name" label={t('administration.people.provider.name')} value={given} onChange={setGiven} maxLength={255} error={checked && missing ? t('console.missing') : undefined} />
    </FormDialog>
  );
}

function UnlinkDialog({ person, onClose }: { person: PersonDetails; onClose: () => void }) {
  const { t } = useTexts();
  const change = useProviderChange(person, {
    change: () => call<ProviderAccount>('DELETE', `/api/people/${person.id}/provider`),
    said: t('administration.people.provider.unlinked', { name: person.displayName }),
    onClose,
  });
  return (
    <ConfirmDialog look="danger" title={t('administration.people.provider.unlinkTitle', { name: person.displayName })} confirm={t('administration.people.provider.unlink')} isPending={change.isPending} error={change.error} onConfirm={() => change.mutate()} onClose={onClose}>
      <p>{t('administration.people.provider.unlinkHelp')}</p>
    </ConfirmDialog>
  );
}

function useProviderChange({ id }: PersonDetails, { change, said, onClose }: { change: () => Promise<ProviderAccount>; said: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  return useChange<ProviderAccount>({
    change,
    said: () => ({ text: said }),
    refresh: [['people']],
    onDone: (account) => {
      queryClient.setQueryData(providerAccount(id).queryKey, account);
      onClose();
    },
  });
}
