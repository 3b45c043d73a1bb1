import { useState } from 'react';
import { Link } from 'react-aria-components';
import type { DesktopDetails } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ChoosePersonDialog } from '../people/choose-person-dialog.tsx';
import { useDesktopChange } from './use-desktop-change.ts';

/** Who may use the desktop. Both ways are one press, since each takes back the other. */
export function AssignedPeople({ desktop, mayManage }: { desktop: DesktopDetails; mayManage: boolean }) {
  const { t } = useTexts();
  const [choosing, setChoosing] = useState(false);
  const { assign, unassign } = useAssignment(desktop.id);
  return (
    <section className="panel" aria-labelledby="assigned-title">
      <div className="panel-head">
        <h2 id="assigned-title">{t('administration.desktops.assigned')}</h2>
        {mayManage && (
          <Button look="outline" size="small" icon="plus" onPress={() => setChoosing(true)}>
            {t('administration.desktops.assign.open')}
          </Button>
        )}
      </div>
      {desktop.people.length === 0 && <p className="soft">{t('administration.desktops.assign.none')}</p>}
      {unassign.error !== null && <ProblemNotice error={unassign.error} />}
      <ul className="rows" role="list">
        {desktop.people.map((person) => (
          <li key={person.id}>
            <span className="row-text">
              <Link href={`/administration/people/${person.id}`}>{person.displayName}</Link>
              <small>{person.username}</small>
            </span>
            {mayManage && (
              <Button look="outline" size="small" isPending={unassign.isPending} onPress={() => unassign.mutate(person)} aria-label={t('administration.desktops.assign.removeNamed', { name: person.displayName })}>
                {t('administration.people.assign.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {choosing && (
        <ChoosePersonDialog
          title={t('administration.desktops.assign.title', { name: desktop.name })}
          taken={desktop.people.map(({ id }) => id)}
          isPending={assign.isPending}
          error={assign.error}
          onChosen={(person) => assign.mutate(person)}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}

type Person = { readonly id: string; readonly displayName: string };

function useAssignment(desktopId: string) {
  const { t } = useTexts();
  const path = ({ id }: Person) => `/api/desktop-records/${desktopId}/people/${id}` as const;
  const assign = useDesktopChange({
    change: (person: Person) => call<DesktopDetails>('PUT', path(person), {}),
    said: (_desktop, { displayName }) => ({ text: t('administration.desktops.assign.done', { name: displayName }) }),
  });
  const unassign = useDesktopChange({
    change: (person: Person) => call<DesktopDetails>('DELETE', path(person)),
    said: (_desktop, person) => ({ text: t('administration.desktops.assign.removed', { name: person.displayName }), undo: () => assign.mutate(person) }),
  });
  return { assign, unassign };
}
