import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DesktopDetails, ProbeResult, User } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { Asked } from '../../console/asked.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { timeOfDay } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { desktopRecord } from '../queries.ts';
import { AssignedPeople } from './assigned-people.tsx';
import { DesktopBadge } from './badges.tsx';
import { DesktopSuspension } from './desktop-suspension.tsx';
import { PoolDialog } from './pool-dialog.tsx';
import { ResidualSessions } from './residual-sessions.tsx';

/** One desktop: its address, whether it answers, who may use it, what still runs on it. */
export function DesktopPage({ user, desktopId }: { user: User; desktopId: string }) {
  const { t } = useTexts();
  const found = useQuery(desktopRecord(desktopId));
  const mayManage = user.may.includes('desktops.manage');
  return (
    <ConsolePage title={found.data?.name ?? t('administration.desktops.one')} crumbs={[{ href: '/administration/desktops', name: t('administration.desktops.title') }]}>
      <Asked of={found}>
        {(desktop) => (
          <>
            <Facts desktop={desktop} mayManage={mayManage} />
            <ResidualSessions desktop={desktop} mayManage={mayManage} />
            <AssignedPeople desktop={desktop} mayManage={mayManage} />
          </>
        )}
      </Asked>
    </ConsolePage>
  );
}

function Facts({ desktop, mayManage }: { desktop: DesktopDetails; mayManage: boolean }) {
  const { t } = useTexts();
  const [pooling, setPooling] = useState(false);
  return (
    <section className="panel" aria-labelledby="desktop-title">
      <div className="panel-head">
        <h2 id="desktop-title">{t('administration.desktops.facts')}</h2>
        <DesktopBadge status={desktop.status} />
      </div>
      <dl className="facts">
        <dt>{t('administration.desktops.address')}</dt>
        <dd>
          {desktop.protocol.toUpperCase()} {desktop.host}:{desktop.port}
        </dd>
        <dt>{t('administration.desktops.kind')}</dt>
        <dd>{desktop.kind === 'exclusive' ? t('administration.desktops.kinds.exclusive') : t('administration.desktops.multi', { sessions: desktop.sessions })}</dd>
        <dt>{t('administration.desktops.credentials')}</dt>
        <dd>{t(`administration.desktops.credentialNow.${desktop.credentials}`)}</dd>
        <dt>{t('administration.desktops.weight')}</dt>
        <dd>{t('administration.desktops.seats', { count: desktop.weight })}</dd>
        <dt>{t('administration.desktops.pool')}</dt>
        <dd>{desktop.pool?.name ?? t('administration.desktops.inNoPool')}</dd>
        <dt>{t('administration.desktops.openSessions')}</dt>
        <dd>{t('administration.desktops.sessions', { sessions: desktop.openSessions })}</dd>
      </dl>
      {mayManage && (
        <div className="row-actions">
          <Button look="outline" size="small" onPress={() => setPooling(true)}>
            {t('administration.desktops.setPool.open')}
          </Button>
          <DesktopSuspension desktop={desktop} />
        </div>
      )}
      <Probe desktopId={desktop.id} />
      {pooling && <PoolDialog desktop={desktop} onClose={() => setPooling(false)} />}
    </section>
  );
}

/** Tries the address now. */
function Probe({ desktopId }: { desktopId: string }) {
  const { t, language } = useTexts();
  const probe = useMutation({ mutationFn: () => call<ProbeResult>('POST', `/api/desktop-records/${desktopId}/probe`, {}) });
  return (
    <div className="probe">
      <Button look="outline" size="small" icon="signal" isPending={probe.isPending} onPress={() => probe.mutate()}>
        {probe.isPending ? t('administration.desktops.probe.busy') : t('administration.desktops.probe.open')}
      </Button>
      <span role="status">
        {probe.data && !probe.isPending && (
          <>
            <StatusBadge tone={probe.data.reachable ? 'good' : 'bad'}>{t(probe.data.reachable ? 'administration.desktops.probe.reachable' : 'administration.desktops.probe.unreachable')}</StatusBadge>{' '}
            <span className="soft">{t('administration.desktops.probe.at', { time: timeOfDay(probe.data.checkedAt, language) })}</span>
          </>
        )}
      </span>
      {probe.error !== null && <ProblemNotice error={probe.error} />}
    </div>
  );
}
