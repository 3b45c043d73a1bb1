import { useState } from 'react';
import type { OwnFactors } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { knowsPasskeys, makePasskey } from '../api/passkey.ts';
import { factors } from '../api/queries.ts';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { FormDialog } from '../console/form-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';

/** Keys that this system's own page alone can ask for: of a phone, a computer, or on a key ring. */
export function PasskeysCard({ own: { passkeys, passkeysOffered, mayChange } }: { own: OwnFactors }) {
  const { t, language } = useTexts();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<OwnFactors['passkeys'][number] | null>(null);
  const remove = useChange({
    change: (id: string) => call('DELETE', `/api/me/passkeys/${encodeURIComponent(id)}`),
    refresh: [factors.queryKey],
    said: () => ({ text: t('security.passkeys.removed') }),
    onDone: () => setRemoving(null),
  });
  if (!passkeysOffered && passkeys.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t('security.passkeys.title')}</h2>
      <p>{t('security.passkeys.help')}</p>
      {passkeys.length === 0 && <p className="soft">{t('security.passkeys.none')}</p>}
      <ul className="rows" role="list">
        {passkeys.map((one) => (
          <li key={one.id}>
            <span className="factor-name">
              <strong>{one.name}</strong>
              {one.stopped && <span>{t('security.passkeys.stopped')}</span>}
              <span className="soft">{t('security.since', { time: dayAndTime(one.since, language) })}</span>
              {one.lastUsedAt !== undefined && <span className="soft">{t('security.passkeys.lastUsed', { time: dayAndTime(one.lastUsedAt, language) })}</span>}
            </span>
            <Button look="outline" size="small" isDisabled={!mayChange} onPress={() => (remove.reset(), setRemoving(one))} aria-label={t('security.authenticators.removeNamed', { name: one.name })}>
              {t('security.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {passkeysOffered && (
        <div className="row-actions">
          <Button look="outline" icon="plus" isDisabled={!mayChange || !knowsPasskeys()} onPress={() => setAdding(true)}>
            {t('security.passkeys.add')}
          </Button>
        </div>
      )}
      {!knowsPasskeys() && <p className="soft">{t('security.passkeys.unknown')}</p>}
      {adding && <AddPasskeyDialog onClose={() => setAdding(false)} />}
      {removing !== null && (
        <ConfirmDialog title={t('security.authenticators.removeTitle', { name: removing.name })} confirm={t('security.remove')} look="danger" isPending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(removing.id)} onClose={() => setRemoving(null)}>
          <p>{t('security.passkeys.removeHelp')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

/** The name first; then the browser asks for the device. */
function AddPasskeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const add = useChange({
    change: async () => call('POST', '/api/me/passkeys', { name: name.trim(), response: await makePasskey() }),
    refresh: [factors.queryKey],
    said: () => ({ text: t('security.passkeys.added') }),
    onDone: onClose,
  });
  const missing = name.trim() === '';
  return (
    <FormDialog title={t('security.passkeys.add')} confirm={t('security.passkeys.make')} icon="key" isPending={add.isPending} error={add.error} onClose={onClose} onSubmit={() => (missing ? setChecked(true) : add.mutate())}>
      <p>{t('security.passkeys.addHelp')}</p>
      <TextField name="factor-name" label={t('security.name.label')} description={t('security.passkeys.nameHelp')} error={checked && missing ? t('console.missing') : undefined} value={name} onChange={setName} maxLength={60} autoComplete="off" autoFocus />
    </FormDialog>
  );
}
