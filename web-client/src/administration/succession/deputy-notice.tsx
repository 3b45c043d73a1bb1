import { useState } from 'react';
import type { Succession } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { duration } from '../../console/duration.ts';
import { useNow } from '../../console/use-now.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSuccessionChange } from './use-succession-change.ts';

type Deputyship = NonNullable<Succession['deputyship']>;

/** Who stands in now, for whom, why, and for how much longer. */
export function DeputyNotice({ deputyship, mayEnd }: { deputyship: Deputyship; mayEnd: boolean }) {
  const { t, language } = useTexts();
  const now = useNow();
  const [ending, setEnding] = useState(false);
  const { deputy, how, begunBy, absent, reason, since, until, own } = deputyship;
  const names = absent.map(({ displayName }) => displayName).join(t('administration.level.effect.comma'));
  return (
    <Notice tone="warning" title={t(own ? 'administration.succession.now.own' : 'administration.succession.now.title', { name: deputy.displayName })}>
      <p>{t('administration.succession.now.until', { time: dayAndTime(until, language), left: duration(t, (Date.parse(until) - now) / 1000) })}</p>
      <p>{how === 'declared' ? t('administration.succession.now.declared', { names, time: dayAndTime(since, language) }) : t('administration.succession.now.handedOver', { name: begunBy.displayName, time: dayAndTime(since, language) })}</p>
      <p>{t('administration.succession.now.reason', { reason })}</p>
      {own && <p>{t('administration.succession.now.ownHelp')}</p>}
      {mayEnd && (
        <p>
          <Button look="outline" size="small" onPress={() => setEnding(true)}>
            {t(own ? 'administration.succession.end.own' : 'administration.succession.end.returned')}
          </Button>
        </p>
      )}
      {ending && <EndDialog deputyship={deputyship} onClose={() => setEnding(false)} />}
    </Notice>
  );
}

function EndDialog({ deputyship: { id, deputy }, onClose }: { deputyship: Deputyship; onClose: () => void }) {
  const { t } = useTexts();
  const end = useSuccessionChange({ change: () => call<Succession>('POST', `/api/deputyships/${id}/end`, {}), said: t('administration.succession.end.done'), onDone: onClose });
  return (
    <ConfirmDialog
      title={t('administration.succession.end.title', { name: deputy.displayName })}
      confirm={t('administration.succession.end.confirm')}
      isPending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    >
      <p>{t('administration.succession.end.help')}</p>
    </ConfirmDialog>
  );
}
