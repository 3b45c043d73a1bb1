import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FactorsOfPerson, PersonDetails, ReProved } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { Asked } from '../../console/asked.tsx';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { useChange } from '../../console/use-change.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { factorsOfPerson } from '../queries.ts';

/** What a person can prove, and vouching for one who signed in by recovery code and stands here. */
export function PersonFactors({ person, isSelf }: { person: PersonDetails; isSelf: boolean }) {
  const { t, language } = useTexts();
  const found = useQuery(factorsOfPerson(person.id));
  const [vouching, setVouching] = useState<FactorsOfPerson['recoverySignIns'][number] | null>(null);
  const reprove = useChange({
    change: (reason: string) => call<ReProved>('POST', `/api/people/${person.id}/re-proof`, { signInId: vouching!.id, reason: reason.trim() }),
    refresh: [factorsOfPerson(person.id).queryKey],
    said: ({ until }) => ({ text: t('administration.people.factors.done', { name: person.displayName, time: dayAndTime(until, language) }) }),
    onDone: () => setVouching(null),
  });
  return (
    <section className="panel" aria-labelledby="person-factors-title">
      <h2 id="person-factors-title">{t('administration.people.factors.title')}</h2>
      <Asked of={found}>
        {({ authenticators, passkeys, recoveryCodes, recoverySignIns }) => (
          <>
            <dl className="facts">
              <dt>{t('administration.people.factors.authenticators')}</dt>
              <dd>{authenticators}</dd>
              <dt>{t('administration.people.factors.passkeys')}</dt>
              <dd>{passkeys}</dd>
              <dt>{t('administration.people.factors.recoveryCodes')}</dt>
              <dd>{recoveryCodes === null ? t('administration.people.factors.neverIssued') : t('security.recovery.left', { left: recoveryCodes.left })}</dd>
            </dl>
            <h3>{t('administration.people.factors.recoverySignIns')}</h3>
            <p className="soft">{t('administration.people.factors.help')}</p>
            {recoverySignIns.length === 0 && <p className="soft">{t('administration.people.factors.noSignIn')}</p>}
            <ul className="rows" role="list">
              {recoverySignIns.map((signIn) => (
                <li key={signIn.id}>
                  <span>{t('administration.people.factors.signIn', { time: dayAndTime(signIn.at, language), address: signIn.address })}</span>
                  {signIn.until === undefined ? (
                    <Button look="outline" size="small" isDisabled={isSelf} onPress={() => (reprove.reset(), setVouching(signIn))}>
                      {t('administration.people.factors.reprove')}
                    </Button>
                  ) : (
                    <span>{t('administration.people.factors.until', { time: dayAndTime(signIn.until, language) })}</span>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Asked>
      {vouching !== null && (
        <ConfirmDialog
          reason
          title={t('administration.people.factors.reproveTitle', { name: person.displayName })}
          confirm={t('administration.people.factors.reproveConfirm')}
          isPending={reprove.isPending}
          error={reprove.error}
          onConfirm={({ reason }) => reprove.mutate(reason)}
          onClose={() => setVouching(null)}
        >
          <p>{t('administration.people.factors.reproveHelp')}</p>
          <p>{t('administration.people.factors.signIn', { time: dayAndTime(vouching.at, language), address: vouching.address })}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
