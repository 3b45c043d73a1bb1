import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { LevelInForce, LevelProposal, NewLevelProposal, Situation } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { duration } from '../../console/duration.ts';
import { ReasonField } from '../../console/reason-field.tsx';
import { SelectField } from '../../console/select-field.tsx';
import { TimeField } from '../../console/time-field.tsx';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Effect, useEffectKnown } from './effect.tsx';
import { events, proposable, type Level } from './ranks.ts';

type ProposeDialogProps = { inForce: LevelInForce; expiresAfter: Situation['expiresAfter']; /** The proposal whose place it takes. */ changes?: LevelProposal; onClose: () => void };

/** The first of two words for a higher level, or for the same one for longer. What it would do is shown while it is filled in. */
export function ProposeDialog({ inForce, expiresAfter, changes, onClose }: ProposeDialogProps) {
  const { t } = useTexts();
  const [choices] = useState(() => proposable(inForce));
  const [level, setLevel] = useState<Level>(() => changes?.level ?? choices.find((choice) => choice !== inForce.level) ?? inForce.level);
  const [event, setEvent] = useState<string>(changes?.event ?? inForce.event ?? '');
  const [onset, setOnset] = useState(() => changes?.onset ?? inForce.onset ?? new Date().toISOString());
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState(changes?.reason ?? '');
  const [checked, setChecked] = useState(false);
  const known = useEffectKnown(level, false);
  const propose = useChange({
    change: (proposal: NewLevelProposal) => call<LevelProposal>('POST', '/api/level/proposals', proposal),
    refresh: [['level']],
    said: () => ({ text: t(changes === undefined ? 'administration.level.propose.done' : 'administration.level.change.done') }),
    onDone: onClose,
  });
  const complete = event !== '' && onset !== '' && reason.trim() !== '';
  const longest = expiresAfter[level];
  return (
    <Dialog wide role="alertdialog" title={t(changes === undefined ? 'administration.level.propose.title' : 'administration.level.change.title')} onClose={onClose}>
      <Form
        className="dialog-form"
        validationBehavior="aria"
        autoComplete="off"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!complete) setChecked(true);
          else if (known && !propose.isPending) propose.mutate({ level, event: event as NewLevelProposal['event'], onset, reason: reason.trim(), ...(until !== '' && { until }), ...(changes && { supersedes: changes.id }) });
        }}
      >
        <p>{t(changes === undefined ? 'administration.level.propose.help' : 'administration.level.change.help')}</p>
        <div className="form-grid">
          <SelectField
            name="level"
            label={t('administration.level.propose.level')}
            options={choices.map((choice) => ({ value: choice, name: choice === inForce.level ? t('administration.level.proposals.extend', { name: t(`level.${choice}.name`) }) : t(`level.${choice}.name`) }))}
            value={level}
            onChange={(value) => setLevel(value as Level)}
          />
          <SelectField
            name="event"
            label={t('administration.level.event')}
            error={checked && event === '' ? t('administration.level.propose.eventMissing') : undefined}
            options={[{ value: '', name: t('console.choose') }, ...events.map((value) => ({ value, name: t(`level.events.${value}`) }))]}
            value={event}
            onChange={setEvent}
          />
          <TimeField name="onset" label={t('administration.level.onset')} description={t('administration.level.propose.onsetHelp')} value={onset} onChange={setOnset} error={checked && onset === '' ? t('administration.level.propose.onsetMissing') : undefined} />
          <TimeField
            name="until"
            label={t('administration.level.propose.until')}
            description={longest === null ? undefined : t('administration.level.propose.untilHelp', { longest: duration(t, longest) })}
            value={until}
            onChange={setUntil}
          />
        </div>
        <ReasonField value={reason} onChange={setReason} missing={checked && reason.trim() === ''} />
        <Effect level={level} provisional={false} />
        {propose.error !== null && <ProblemNotice error={propose.error} />}
        <div className="dialog-actions">
          <Button look="outline" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" icon="up" isDisabled={!known} isPending={propose.isPending}>
            {t('administration.level.propose.confirm', { name: t(`level.${level}.name`) })}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
