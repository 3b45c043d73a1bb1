import { useState } from 'react';
import type { OwnDuties } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { StatusBadge } from '../console/status-badge.tsx';
import { useChange } from '../console/use-change.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** The rules of telework: open while they are not acknowledged, which takes one press; closed, with when it was done, after that. */
export function Rules({ rules }: { rules: NonNullable<OwnDuties['rules']> }) {
  const { t, language } = useTexts();
  const { version, digest, text, acknowledgedAt, lifted } = rules;
  const done = acknowledgedAt !== undefined;
  const [open, setOpen] = useState(false);
  const acknowledge = useChange<OwnDuties>({
    change: () => call<OwnDuties>('POST', '/api/me/acknowledgement', { version, digest }),
    refresh: [['own-duties']],
    said: () => ({ text: t('duties.rules.done') }),
  });
  return (
    <section id="rules" className="panel" aria-labelledby="rules-title">
      <div className="panel-head">
        <h2 id="rules-title">{t('duties.rules.title')}</h2>
        <StatusBadge tone={done ? 'good' : 'warning'}>{t(done ? 'duties.rules.acknowledged' : 'duties.rules.missing')}</StatusBadge>
      </div>
      <p>{acknowledgedAt === undefined ? t(lifted ? 'duties.rules.lifted' : 'duties.rules.help') : t('duties.rules.at', { version, time: dayAndTime(acknowledgedAt, language) })}</p>
      {(!done || open) && (
        // It scrolls, so that the keyboard has to reach it.
        <div className="duty-rules" role="group" aria-labelledby="rules-title" tabIndex={0}>
          {text[language]}
        </div>
      )}
      {acknowledge.error !== null && <ProblemNotice error={acknowledge.error} />}
      <div className="row-actions">
        {done ? (
          <Button look="plain" size="small" aria-expanded={open} onPress={() => setOpen(!open)}>
            {t(open ? 'duties.rules.hide' : 'duties.rules.show')}
          </Button>
        ) : (
          <>
            <Button icon="check" isPending={acknowledge.isPending} onPress={() => acknowledge.mutate()}>
              {t('duties.rules.acknowledge')}
            </Button>
            <span className="soft">{t('duties.rules.version', { version })}</span>
          </>
        )}
      </div>
    </section>
  );
}
