import { useState } from 'react';
import type { OwnFactors, RecoveryCodes } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { factors } from '../api/queries.ts';
import { ConfirmDialog } from '../console/confirm-dialog.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';

/** So few left are worth new ones. */
const FEW = 3;

/** The sheet for the day without a phone: how many codes are left, and new ones, shown once. */
export function RecoveryCodesCard({ own: { recoveryCodes, mayChange } }: { own: OwnFactors }) {
  const { t, language } = useTexts();
  const [asks, setAsks] = useState(false);
  const [issued, setIssued] = useState<RecoveryCodes | null>(null);
  const issue = useChange({
    change: () => call<RecoveryCodes>('POST', '/api/me/recovery-codes', {}),
    refresh: [factors.queryKey],
    onDone: (codes) => {
      setAsks(false);
      setIssued(codes);
    },
  });
  const few = recoveryCodes !== null && recoveryCodes.left <= FEW;
  const press = () => {
    issue.reset();
    if (recoveryCodes === null) issue.mutate();
    else setAsks(true);
  };
  return (
    <section className={issued === null ? 'panel' : 'panel sheet-panel'} aria-labelledby="recovery-title">
      <div className="panel-head">
        <h2 id="recovery-title">{t('security.recovery.title')}</h2>
        {recoveryCodes !== null && <span className="soft">{t('security.recovery.left', { left: recoveryCodes.left })}</span>}
      </div>
      <p>{t('security.recovery.help')}</p>
      {recoveryCodes === null && issued === null && <Notice tone="warning" title={t('security.recovery.none')} />}
      {few && issued === null && <Notice tone="warning" title={t('security.recovery.few', { left: recoveryCodes.left })} />}
      {recoveryCodes !== null && <p className="soft">{t('security.recovery.issuedAt', { time: dayAndTime(recoveryCodes.issuedAt, language) })}</p>}
      {issued !== null && <RecoverySheet issued={issued} onDone={() => setIssued(null)} />}
      {issued === null && (
        <div className="row-actions">
          <Button look={recoveryCodes === null ? 'solid' : 'outline'} icon="file" isDisabled={!mayChange} isPending={issue.isPending && !asks} onPress={press}>
            {recoveryCodes === null ? t('security.recovery.issue') : t('security.recovery.reissue')}
          </Button>
        </div>
      )}
      {asks && (
        <ConfirmDialog title={t('security.recovery.reissueTitle')} confirm={t('security.recovery.reissueConfirm')} isPending={issue.isPending} error={issue.error} onConfirm={() => issue.mutate()} onClose={() => setAsks(false)}>
          <p>{t('security.recovery.reissueHelp')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
