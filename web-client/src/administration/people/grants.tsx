import { useState } from 'react';
import type { PersonDetails, User } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { GrantDialog } from './grant-dialog.tsx';
import { usePersonChange } from './use-person-change.ts';

type Grant = PersonDetails['grants'][number];

/** The roles a person holds, with how far each reaches. */
export function Grants({ person, user }: { person: PersonDetails; user: User }) {
  const { t, language } = useTexts();
  const [open, setOpen] = useState<'grant' | { keep: Grant } | { revoke: Grant } | null>(null);
  const own = person.id === user.id;
  const mayGrant = user.may.includes('roles.manage') && !own;
  const scope = ({ unitName }: Grant): string => unitName ?? t('administration.people.grants.whole');
  return (
    <section className="panel" aria-labelledby="grants-title">
      <div className="panel-head">
        <h2 id="grants-title">{t('administration.people.roles')}</h2>
        {mayGrant && (
          <Button look="outline" size="small" icon="plus" onPress={() => setOpen('grant')}>
            {t('administration.people.grants.open')}
          </Button>
        )}
      </div>
      {person.grants.length === 0 && <p className="soft">{t('administration.people.grants.none')}</p>}
      <ul className="rows" role="list">
        {person.grants.map((grant) => (
          <li key={grant.id}>
            <span className="row-text">
              <strong>{t(`console.role.${grant.role}`)}</strong>
              <small>{t('administration.people.grants.scope', { scope: scope(grant) })}</small>
              <small>{t(grant.provider !== null ? 'administration.people.grants.sinceProvider' : grant.grantedBy === null ? 'administration.people.grants.since' : 'administration.people.grants.sinceBy', { time: dayAndTime(grant.grantedAt, language), name: grant.grantedBy ?? '' })}</small>
            </span>
            {mayGrant && (
              <span className="row-actions">
                {grant.provider !== null && (
                  <Button look="outline" size="small" onPress={() => setOpen({ keep: grant })} aria-label={t('administration.people.grants.keepNamed', { role: t(`console.role.${grant.role}`), scope: scope(grant) })}>
                    {t('administration.people.grants.keep')}
                  </Button>
                )}
                <Button look="outline" size="small" onPress={() => setOpen({ revoke: grant })} aria-label={t('administration.people.grants.revokeNamed', { role: t(`console.role.${grant.role}`), scope: scope(grant) })}>
                  {t('administration.people.grants.revoke')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {own && user.may.includes('roles.manage') && <p className="soft">{t('administration.people.grants.ownHelp')}</p>}
      {open === 'grant' && <GrantDialog person={person} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'grant' && 'keep' in open && <KeepDialog person={person} grant={open.keep} scope={scope(open.keep)} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'grant' && 'revoke' in open && <RevokeDialog person={person} grant={open.revoke} scope={scope(open.revoke)} onClose={() => setOpen(null)} />}
    </section>
  );
}

/** Makes a role that follows from a provider's claims one that stays. Taken away, it follows them again. */
function KeepDialog({ person, grant: { role, unitId }, scope, onClose }: { person: PersonDetails; grant: Grant; scope: string; onClose: () => void }) {
  const { t } = useTexts();
  const name = t(`console.role.${role}`);
  const keep = usePersonChange({
    change: () => call<PersonDetails>('POST', `/api/people/${person.id}/roles`, { role, unitId }),
    said: () => ({ text: t('administration.people.grants.kept', { role: name }) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog title={t('administration.people.grants.keepTitle', { role: name })} confirm={t('administration.people.grants.keep')} isPending={keep.isPending} error={keep.error} onConfirm={() => keep.mutate()} onClose={onClose}>
      <p>{t('administration.people.grants.keepHelp', { person: person.displayName, scope })}</p>
    </ConfirmDialog>
  );
}

function RevokeDialog({ person, grant: { id, role, unitId, provider }, scope, onClose }: { person: PersonDetails; grant: Grant; scope: string; onClose: () => void }) {
  const { t } = useTexts();
  const name = t(`console.role.${role}`);
  const back = usePersonChange({
    change: () => call<PersonDetails>('POST', `/api/people/${person.id}/roles`, { role, unitId }),
    said: () => ({ text: t('administration.people.grants.done', { role: name }) }),
  });
  const revoke = usePersonChange({
    change: () => call<PersonDetails>('DELETE', `/api/people/${person.id}/roles/${id}`),
    said: () => ({ text: t('administration.people.grants.revoked', { role: name }), undo: () => back.mutate() }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t('administration.people.grants.revokeTitle', { role: name })}
      confirm={t('administration.people.grants.revoke')}
      look="danger"
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      {provider !== null && <p>{t('administration.people.grants.revokeProviderHelp')}</p>}
      <p>{t(role === 'staff' ? 'administration.people.grants.revokeStaffHelp' : 'administration.people.grants.revokeHelp', { person: person.displayName, scope })}</p>
    </ConfirmDialog>
  );
}
