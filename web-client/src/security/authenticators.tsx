import { useState } from 'react';
import type { OwnFactors } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { factors } from '../api/queries.ts';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { AddAuthenticatorDialog } from './add-authenticator-dialog.tsx';

/** As many as the gateway takes. */
const MOST = 2;

/** The phones that show codes: a second one for the day on which the first is gone. */
export function Authenticators({ own }: { own: OwnFactors }) {
  const { t, language } = useTexts();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<OwnFactors['authenticators'][number] | null>(null);
  const nameOf = (name: string) => (name === '' ? t('security.authenticators.first') : name);
  const remove = useChange({
    change: (id: string) => call('DELETE', `/api/me/authenticators/${encodeURIComponent(id)}`),
    refresh: [factors.queryKey],
    said: () => ({ text: t('security.authenticators.removed') }),
    onDone: () => setRemoving(null),
  });
  return (
    <section className="panel" aria-labelledby="authenticators-title">
      <div className="panel-head">
        <h2 id="authenticators-title">{t('security.authenticators.title')}</h2>
        <span className="soft">{t('security.authenticators.count', { count: own.authenticators.length, most: MOST })}</span>
      </div>
      <p>{t('security.authenticators.help')}</p>
      {own.authenticators.length === 0 ? (
        <p className="soft">{t('security.authenticators.none')}</p>
      ) : (
        <ul className="rows" role="list">
          {own.authenticators.map((one) => (
            <li key={one.id}>
              <span className="factor-name">
                <strong>{nameOf(one.name)}</strong>
                <span className="soft">{t('security.since', { time: dayAndTime(one.since, language) })}</span>
              </span>
              <Button look="outline" size="small" isDisabled={!own.mayChange} onPress={() => (remove.reset(), setRemoving(one))} aria-label={t('security.authenticators.removeNamed', { name: nameOf(one.name) })}>
                {t('security.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {own.authenticators.length < MOST && (
        <div className="row-actions">
          <Button look="outline" icon="plus" isDisabled={!own.mayChange} onPress={() => setAdding(true)}>
            {t('security.authenticators.add')}
          </Button>
        </div>
      )}
      {adding && <AddAuthenticatorDialog onClose={() => setAdding(false)} />}
      {removing !== null && (
        <ConfirmDialog
          title={t('security.authenticators.removeTitle', { name: nameOf(removing.name) })}
          confirm={t('security.remove')}
          look="danger"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(removing.id)}
          onClose={() => setRemoving(null)}
        >
          <p>{t('security.authenticators.removeHelp')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
