import { useState } from 'react';
import type { DesktopDetails, NewDesktopInput, PoolListed } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { FormDialog } from '../../console/form-dialog.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { go } from '../../routing/location.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { emptyDesktop, newDesktop, usualPort, type DesktopForm } from './desktop-form.ts';

/** A new desktop: where it is, how many at once, and with what it is logged in to. */
export function AddDesktopDialog({ pools, onClose }: { pools: readonly PoolListed[]; onClose: () => void }) {
  const { t } = useTexts();
  const [form, setForm] = useState<DesktopForm>(emptyDesktop);
  const [checked, setChecked] = useState(false);
  const set = (part: Partial<DesktopForm>): void => setForm({ ...form, ...part });
  const { desktop, wrong } = newDesktop(form);
  const faultOf = (field: keyof DesktopForm): string | undefined => (checked && wrong.includes(field) ? t(field === 'port' || field === 'weight' || field === 'sessions' ? 'administration.desktops.add.number' : 'console.missing') : undefined);
  const add = useChange({
    change: (wanted: NewDesktopInput) => call<DesktopDetails>('POST', '/api/desktop-records', wanted),
    refresh: [['desktop-records'], ['pool-records']],
    onDone: ({ id }) => go(`/administration/desktops/${id}`),
    said: ({ name }) => ({ text: t('administration.desktops.add.done', { name }) }),
  });
  const plain = { autoComplete: 'off', autoCorrect: 'off', spellCheck: 'false' } as const;
  return (
    <FormDialog
      wide
      title={t('administration.desktops.add.title')}
      confirm={t('administration.desktops.add.confirm')}
      isPending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => (desktop === undefined ? setChecked(true) : add.mutate(desktop))}
    >
      <TextField name="name" label={t('administration.desktops.name')} value={form.name} onChange={(name) => set({ name })} error={faultOf('name')} maxLength={200} autoComplete="off" autoFocus />
      <div className="form-grid">
        <SelectField
          name="protocol"
          label={t('administration.desktops.protocol')}
          options={(['rdp', 'vnc'] as const).map((value) => ({ value, name: t(`administration.desktops.protocols.${value}`) }))}
          value={form.protocol}
          onChange={(value) => {
            const protocol = value === 'vnc' ? 'vnc' : 'rdp';
            set({ protocol, port: form.port === usualPort[form.protocol] ? usualPort[protocol] : form.port, ...(protocol === 'vnc' && { kind: 'exclusive' }) });
          }}
        />
        <SelectField
          name="kind"
          label={t('administration.desktops.kind')}
          options={(form.protocol === 'vnc' ? (['exclusive'] as const) : (['exclusive', 'multi-session'] as const)).map((value) => ({ value, name: t(`administration.desktops.kinds.${value}`) }))}
          value={form.kind}
          onChange={(kind) => set({ kind: kind === 'multi-session' ? 'multi-session' : 'exclusive' })}
        />
        <TextField name="host" label={t('administration.desktops.host')} value={form.host} onChange={(host) => set({ host })} error={faultOf('host')} maxLength={254} {...plain} />
        <TextField name="port" label={t('administration.desktops.port')} value={form.port} onChange={(port) => set({ port })} error={faultOf('port')} inputMode="numeric" {...plain} />
        {form.kind === 'multi-session' && (
          <TextField name="sessions" label={t('administration.desktops.sessionsAtOnce')} value={form.sessions} onChange={(sessions) => set({ sessions })} error={faultOf('sessions')} inputMode="numeric" {...plain} />
        )}
        <TextField name="weight" label={t('administration.desktops.weight')} value={form.weight} onChange={(weight) => set({ weight })} error={faultOf('weight')} inputMode="numeric" {...plain} />
        <SelectField
          name="poolId"
          label={t('administration.desktops.pool')}
          options={[{ value: '', name: t('administration.desktops.noPool') }, ...pools.map(({ id, name }) => ({ value: id, name }))]}
          value={form.poolId}
          onChange={(poolId) => set({ poolId })}
        />
      </div>
      <SelectField
        name="credentials"
        label={t('administration.desktops.credentials')}
        description={t(`administration.desktops.credentialHelp.${form.credentials}`)}
        options={(['ask', 'stored'] as const).map((value) => ({ value, name: t(`administration.desktops.credential.${value}`) }))}
        value={form.credentials}
        onChange={(value) => set({ credentials: value === 'stored' ? 'stored' : 'ask' })}
      />
      {form.credentials === 'stored' && (
        <div className="form-grid">
          <TextField name="desktop-username" label={t('administration.desktops.logIn.username')} value={form.username} onChange={(username) => set({ username })} error={faultOf('username')} maxLength={256} {...plain} />
          <PasswordField name="desktop-password" label={t('administration.desktops.logIn.password')} value={form.password} onChange={(password) => set({ password })} error={faultOf('password')} autoComplete="off" />
          {form.protocol === 'rdp' && <TextField name="desktop-domain" label={t('administration.desktops.logIn.domain')} value={form.domain} onChange={(domain) => set({ domain })} maxLength={256} {...plain} />}
        </div>
      )}
    </FormDialog>
  );
}
