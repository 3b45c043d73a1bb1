import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnDevice, OwnDeviceList, User } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { Asked } from '../console/asked.tsx';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { DeviceBadge } from '../console/device-badge.tsx';
import { EmptyState } from '../console/empty-state.tsx';
import { FormDialog } from '../console/form-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { deviceOf } from '../format/user-agent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { canHoldKey, forgetDeviceKey, readDeviceKey } from './device-key.ts';
import { askForDevice } from './device-proof.ts';

const own = { queryKey: ['devices', 'own'], queryFn: () => call<OwnDeviceList>('GET', '/api/me/devices'), refetchInterval: 30_000 } as const;

/** The person's registered devices: which there are, this one to register, any of them to end. */
export function DevicesCard({ user }: { user: User }) {
  const { t } = useTexts();
  const devices = useQuery(own);
  const here = useQuery({ queryKey: ['devices', 'here', user.id], queryFn: async () => (await readDeviceKey(user.id))?.deviceId ?? null });
  const [asking, setAsking] = useState(false);
  const open = (devices.data?.items ?? []).filter(({ state }) => state === 'waiting' || state === 'registered');
  const known = open.some(({ id }) => id === here.data);
  return (
    <section className="panel stack" aria-labelledby="devices-title">
      <div className="panel-head">
        <h2 id="devices-title" className="section-title">
          {t('devices.title')}
        </h2>
        {devices.data !== undefined && here.data !== undefined && !known && canHoldKey() && user.method !== 'bypass' && (
          <Button look="outline" icon="plus" onPress={() => setAsking(true)}>
            {t('devices.ask.open')}
          </Button>
        )}
      </div>
      <p>{t('devices.intro')}</p>
      {!canHoldKey() && (
        <Notice tone="warning" title={t('devices.cannot.title')}>
          <p>{t('devices.cannot.help')}</p>
        </Notice>
      )}
      <Asked of={devices}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="monitor" title={t('devices.empty')} help={t('devices.emptyHelp')} />
          ) : (
            <ul className="rows" role="list" aria-label={t('devices.title')}>
              {items.map((device) => (
                <DeviceRow key={device.id} device={device} here={device.id === here.data} personId={user.id} />
              ))}
            </ul>
          )
        }
      </Asked>
      {asking && <AskDialog personId={user.id} onClose={() => setAsking(false)} />}
    </section>
  );
}

function DeviceRow({ device: { id, name, state, userAgent, askedAt, until, lastProvedAt, endedAt, endReason }, here, personId }: { device: OwnDevice; here: boolean; personId: string }) {
  const { t, language } = useTexts();
  const [ending, setEnding] = useState(false);
  const { browser, system } = deviceOf(userAgent);
  return (
    <li>
      <span className="row-text">
        <strong>
          {name} {here && t('devices.here')}
        </strong>
        <small>{t('signIns.device', { browser: t(`browser.${browser}`), system: t(`system.${system}`) })}</small>
        <small>{t('devices.askedAt', { time: dayAndTime(askedAt, language) })}</small>
        {state === 'registered' && until !== undefined && <small>{t('devices.until', { time: dayAndTime(until, language) })}</small>}
        {lastProvedAt !== undefined && <small>{t('devices.lastProvedAt', { time: dayAndTime(lastProvedAt, language) })}</small>}
        {endedAt !== undefined && <small>{t('devices.endedAt', { time: dayAndTime(endedAt, language), reason: endReason ?? '' })}</small>}
      </span>
      <DeviceBadge state={state} />
      {(state === 'waiting' || state === 'registered') && (
        <Button look="outline" size="small" icon="cross" onPress={() => setEnding(true)}>
          {t('devices.end.open')}
          <span className="visually-hidden"> {name}</span>
        </Button>
      )}
      {ending && <EndDialog id={id} name={name} here={here} personId={personId} onClose={() => setEnding(false)} />}
    </li>
  );
}

function AskDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const missing = name.trim() === '';
  const ask = useChange<OwnDevice, string>({ change: (given) => askForDevice(personId, given), refresh: [['devices']], said: () => ({ text: t('devices.ask.done') }), onDone: onClose });
  return (
    <FormDialog title={t('devices.ask.title')} confirm={t('devices.ask.confirm')} isPending={ask.isPending} error={ask.error} onClose={onClose} onSubmit={() => (missing ? setChecked(true) : ask.mutate(name.trim()))}>
      <p>{t('devices.ask.help')}</p>
      <p>{t('devices.ask.then')}</p>
      <TextField name="device-name" label={t('devices.ask.name')} description={t('devices.ask.nameHelp')} error={checked && missing ? t('devices.ask.nameMissing') : undefined} value={name} onChange={setName} maxLength={100} autoComplete="off" />
    </FormDialog>
  );
}

function EndDialog({ id, name, here, personId, onClose }: { id: string; name: string; here: boolean; personId: string; onClose: () => void }) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const end = useChange<undefined, string>({
    change: (reason) => call('POST', `/api/me/devices/${id}/end`, { reason }),
    refresh: [['devices'], ['desktops']],
    said: () => ({ text: t('devices.end.done') }),
    onDone: () => {
      if (here) void forgetDeviceKey(personId).then(() => queryClient.invalidateQueries({ queryKey: ['devices'] }));
      onClose();
    },
  });
  return (
    <ConfirmDialog reason look="danger" title={t('devices.end.title', { name })} confirm={t('devices.end.confirm')} isPending={end.isPending} error={end.error} onConfirm={({ reason }) => end.mutate(reason)} onClose={onClose}>
      <p>{t('devices.end.help')}</p>
    </ConfirmDialog>
  );
}
