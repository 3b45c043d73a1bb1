import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetails, User } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { person as personQuery } from '../queries.ts';
import { AccountBadge, SignInBadge } from './badges.tsx';
import { ChangePersonDialog } from './change-person-dialog.tsx';
import { Grants } from './grants.tsx';
import { InvitationDialog } from './invitation-dialog.tsx';
import { PersonFactors } from './person-factors.tsx';
import { PersonProvider } from './person-provider.tsx';
import { PersonDuties } from './person-duties.tsx';
import { Suspension } from './suspension.tsx';
import { TermDialog } from './term-dialog.tsx';
import { Forgiveness } from './forgiveness.tsx';

/** One person: account, sign-in, roles, duties, desktops. */
export function PersonPage({ user, personId }: { user: User; personId: string }) {
  const { t } = useTexts();
  const found = useQuery(personQuery(personId));
  return (
    <ConsolePage title={found.data?.displayName ?? t('administration.people.one')} crumbs={[{ href: '/administration/people', name: t('administration.people.title') }]}>
      <Asked of={found}>
        {(person) => (
          <>
            <Account person={person} user={user} />
            {user.may.includes('people.manage') && <PersonFactors person={person} isSelf={person.id === user.id} />}
            {user.may.includes('people.manage') && <PersonProvider person={person} />}
            <Grants person={person} user={user} />
            <PersonDuties person={person} mayAssign={user.may.includes('duties.assign')} />
            <PersonDesktops person={person} />
          </>
        )}
      </Asked>
    </ConsolePage>
  );
}

function Account({ person, user }: { person: PersonDetails; user: User }) {
  const { t, language } = useTexts();
  const [open, setOpen] = useState<'change' | 'invitation' | 'term' | null>(null);
  const mayManage = user.may.includes('people.manage');
  const active = person.status === 'active';
  return (
    <section className="panel" aria-labelledby="account-title">
      <div className="panel-head">
        <h2 id="account-title">{t('administration.people.account')}</h2>
        <AccountBadge status={person.status} />
      </div>
      <dl className="facts">
        <dt>{t('administration.people.username')}</dt>
        <dd>{person.username}</dd>
        <dt>{t('administration.people.unit')}</dt>
        <dd>{person.unitName}</dd>
        <dt>{t('administration.people.language')}</dt>
        <dd>{t(`administration.people.languages.${person.language}`)}</dd>
        <dt>{t('administration.people.signIn.title')}</dt>
        <dd>
          <SignInBadge signIn={person.signIn} /> {t(`administration.people.signIn.${person.signIn}Help`)}
        </dd>
        {person.loan && (
          <>
            <dt>{t('administration.people.loan.title')}</dt>
            <dd>{t('administration.people.loan.until', { from: person.loan.from, time: dayAndTime(person.loan.endsAt, language) })}</dd>
          </>
        )}
        <dt>{t('administration.people.lastSignIn')}</dt>
        <dd>{person.lastSignInAt === undefined ? t('administration.people.never') : dayAndTime(person.lastSignInAt, language)}</dd>
      </dl>
      {mayManage && (
        <div className="row-actions">
          <Button look="outline" size="small" onPress={() => setOpen('change')}>
            {t('administration.people.change.open')}
          </Button>
          {person.loan && person.id !== user.id && (
            <Button look="outline" size="small" onPress={() => setOpen('term')}>
              {t('administration.people.loan.change')}
            </Button>
          )}
          {active && (
            <Button look="outline" size="small" icon="key" onPress={() => setOpen('invitation')}>
              {t('administration.people.invitation.open')}
            </Button>
          )}
          {active && <Forgiveness person={person} />}
          {person.id !== user.id && <Suspension person={person} />}
        </div>
      )}
      {mayManage && person.id === user.id && <p className="soft">{t('administration.people.suspend.ownHelp')}</p>}
      {open === 'change' && <ChangePersonDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'term' && person.loan && <TermDialog person={{ ...person, loan: person.loan }} onClose={() => setOpen(null)} />}
      {open === 'invitation' && <InvitationDialog person={person} onClose={() => setOpen(null)} />}
    </section>
  );
}

function PersonDesktops({ person: { desktopNames } }: { person: PersonDetails }) {
  const { t } = useTexts();
  return (
    <section className="panel" aria-labelledby="person-desktops-title">
      <h2 id="person-desktops-title">{t('administration.people.desktops')}</h2>
      {desktopNames.length === 0 ? (
        <p className="soft">{t('administration.people.noDesktop')}</p>
      ) : (
        <ul className="rows" role="list">
          {desktopNames.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
