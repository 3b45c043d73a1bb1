import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import type { SecurityNotice } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { notices } from '../api/queries.ts';
import { dayAndTime } from '../format/time.ts';
import { deviceOf } from '../format/user-agent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import './security-notices.css';

/** What may mean that somebody else is at it; the rest is for information. */
const ALARMING: readonly SecurityNotice['kind'][] = ['used-code', 'used-recovery-code', 'recovery-code-used', 'passkey-cloned', 'bypass-used'];
/** At once, so that a phone still shows the page; the next come up when it is read. */
const SHOWN = 1;

/** On every page, also over a session: what happened on the own account, until it is read. The frame is always there, so that a reader hears what appears in it. */
export function SecurityNotices() {
  const { t } = useTexts();
  const { data } = useQuery(notices);
  const items = (data?.items ?? []).toSorted((one, other) => Number(ALARMING.includes(other.kind)) - Number(ALARMING.includes(one.kind)));
  return (
    <div className="security-notices" role="status" data-live-announcer="true" aria-label={t('notices.label')}>
      {items.slice(0, SHOWN).map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
      {items.length > SHOWN && <p className="security-notices-more">{t('notices.more', { count: items.length - SHOWN })}</p>}
    </div>
  );
}

function NoticeBox({ notice: { id, kind, at, count, address, userAgent } }: { notice: SecurityNotice }) {
  const { t, language } = useTexts();
  const queryClient = useQueryClient();
  const read = useMutation({
    mutationFn: () => call('POST', `/api/me/notices/${encodeURIComponent(id)}/reading`, {}),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notices.queryKey }),
  });
  const alarming = ALARMING.includes(kind);
  const { browser, system } = deviceOf(userAgent);
  return (
    <section className={alarming ? 'security-notice security-notice-alarming' : 'security-notice'} aria-labelledby={`notice-${id}`}>
      <p id={`notice-${id}`} className="security-notice-title">
        <Icon name={alarming ? 'warning' : 'info'} />
        <strong>{t(`notices.kind.${kind}`)}</strong>
      </p>
      <p>
        {t('notices.where', { time: dayAndTime(at, language), address, device: t('signIns.device', { browser: t(`browser.${browser}`), system: t(`system.${system}`) }) })}
        {count > 1 && ` ${t('notices.count', { count })}`}
      </p>
      <p>{t(alarming ? 'notices.alarmHelp' : 'notices.help')}</p>
      <div className="security-notice-actions">
        <Link href="/sign-ins" className="button button-outline button-small">
          {t('notices.see')}
        </Link>
        <Button size="small" isPending={read.isPending} onPress={() => read.mutate()}>
          {t('notices.read')}
        </Button>
      </div>
    </section>
  );
}
