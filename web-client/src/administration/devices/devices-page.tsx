import { useMemo, useState } from 'react';
import type { Device } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { DeviceBadge } from '../../console/device-badge.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useChange } from '../../console/use-change.ts';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { dayAndTime } from '../../format/time.ts';
import { deviceOf } from '../../format/user-agent.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';

type Act = { readonly kind: 'approve' | 'end'; readonly device: Device };

/** Devices of the people whom one administers: those that wait first. */
export function RegisteredDevicesPage() {
  const { t, language } = useTexts();
  const list = useCursorList<Device>({ key: ['devices', 'all'], path: '/api/devices' });
  const [act, setAct] = useState<Act | null>(null);
  const columns = useMemo<readonly Column<Device>[]>(
    () => [
      {
        id: 'person',
        header: t('administration.devices.person'),
        cell: ({ person }) => (
          <span className="row-text">
            <strong>{person.displayName}</strong>
            <small>{person.unitName}</small>
          </span>
        ),
      },
      {
        id: 'name',
        header: t('administration.devices.name'),
        cell: ({ name, userAgent }) => {
          const { browser, system } = deviceOf(userAgent);
          return (
            <span className="row-text">
              <strong>{name}</strong>
              <small>{t('signIns.device', { browser: t(`browser.${browser}`), system: t(`system.${system}`) })}</small>
            </span>
          );
        },
      },
      { id: 'state', header: t('administration.devices.state'), cell: ({ state }) => <DeviceBadge state={state} /> },
      {
        id: 'course',
        header: t('administration.devices.course'),
        cell: ({ askedAt, approvedAt, approvedBy, until, endedAt, endedBy, endReason }) => (
          <span className="row-text">
            <small>{t('devices.askedAt', { time: dayAndTime(askedAt, language) })}</small>
            {approvedAt !== undefined && approvedBy !== undefined && <small>{t('administration.devices.approvedAt', { time: dayAndTime(approvedAt, language), name: approvedBy.displayName })}</small>}
            {until !== undefined && endedAt === undefined && <small>{t('devices.until', { time: dayAndTime(until, language) })}</small>}
            {endedAt !== undefined && endedBy !== undefined && <small>{t('administration.devices.endedAt', { time: dayAndTime(endedAt, language), name: endedBy.displayName, reason: endReason ?? '' })}</small>}
          </span>
        ),
      },
      {
        id: 'use',
        header: t('administration.devices.use'),
        cell: ({ lastProvedAt, sessions }) =>
          lastProvedAt && (
            <span className="row-text">
              <small>{t('devices.lastProvedAt', { time: dayAndTime(lastProvedAt, language) })}</small>
              <small>{t('administration.devices.sessions', { count: sessions })}</small>
            </span>
          ),
      },
      {
        id: 'acts',
        header: t('administration.devices.acts'),
        cell: (device) => (
          <span className="row-actions">
            {device.may.approve && (
              <Button size="small" icon="check" onPress={() => setAct({ kind: 'approve', device })}>
                {t('administration.devices.approve.open')}
                <span className="visually-hidden"> {device.name}</span>
              </Button>
            )}
            {device.may.end && (
              <Button look="outline" size="small" icon="cross" onPress={() => setAct({ kind: 'end', device })}>
                {t(device.state === 'waiting' ? 'administration.devices.end.decline' : 'administration.devices.end.revoke')}
                <span className="visually-hidden"> {device.name}</span>
              </Button>
            )}
          </span>
        ),
      },
    ],
    [t, language],
  );
  return (
    <ConsolePage title={t('administration.devices.title')} intro={t('administration.devices.intro')}>
      <DataTable label={t('administration.devices.title')} columns={columns} list={list} keyOf={({ id }) => id} empty={<EmptyState icon="monitor" title={t('administration.devices.empty')} help={t('administration.devices.emptyHelp')} />} />
      {act?.kind === 'approve' && <ApproveDialog device={act.device} onClose={() => setAct(null)} />}
      {act?.kind === 'end' && <EndDialog device={act.device} onClose={() => setAct(null)} />}
    </ConsolePage>
  );
}

type DialogProps = { device: Device; onClose: () => void };

function ApproveDialog({ device: { id, name, person }, onClose }: DialogProps) {
  const { t } = useTexts();
  const approve = useChange({ change: () => call<Device>('POST', `/api/devices/${id}/approval`, {}), refresh: [['devices']], said: () => ({ text: t('administration.devices.approve.done') }), onDone: onClose });
  return (
    <ConfirmDialog title={t('administration.devices.approve.title', { name })} confirm={t('administration.devices.approve.confirm')} icon="check" isPending={approve.isPending} error={approve.error} onConfirm={() => approve.mutate()} onClose={onClose}>
      <p>{t('administration.devices.approve.help', { person: person.displayName })}</p>
      <p>{t('administration.devices.approve.check', { person: person.displayName })}</p>
    </ConfirmDialog>
  );
}

function EndDialog({ device: { id, name, state, sessions }, onClose }: DialogProps) {
  const { t } = useTexts();
  const end = useChange<undefined, string>({ change: (reason) => call('POST', `/api/devices/${id}/end`, { reason }), refresh: [['devices']], said: () => ({ text: t('administration.devices.end.done') }), onDone: onClose });
  return (
    <ConfirmDialog
      reason
      look="danger"
      title={t('administration.devices.end.title', { name })}
      confirm={t(state === 'waiting' ? 'administration.devices.end.decline' : 'administration.devices.end.revoke')}
      isPending={end.isPending}
      error={end.error}
      onConfirm={({ reason }) => end.mutate(reason)}
      onClose={onClose}
    >
      <p>{t(state === 'waiting' ? 'administration.devices.end.helpWaiting' : 'administration.devices.end.help', { count: sessions })}</p>
    </ConfirmDialog>
  );
}
