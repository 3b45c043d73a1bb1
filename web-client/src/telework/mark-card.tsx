import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OwnTelework } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Icon } from '../ui/icons.tsx';

type Kind = OwnTelework['days'][number]['marks'][number]['kind'];

/** What may follow each state, the usual one first. */
const following: Record<OwnTelework['state'], readonly Kind[]> = { off: ['start'], working: ['pause', 'end'], paused: ['resume', 'end'] };
const icons = { off: 'stop', working: 'monitor', paused: 'clock' } as const;

/** Whether one works now, and the buttons that say otherwise. */
export function MarkCard({ record: { state, since } }: { record: OwnTelework }) {
  const { t, language } = useTexts();
  const queryClient = useQueryClient();
  const mark = useMutation({
    mutationFn: (kind: Kind) => call<OwnTelework>('POST', '/api/telework/marks', { kind }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['telework'] }),
  });
  return (
    <section className={`mark mark-${state}`} aria-label={t('telework.now')}>
      <p className="mark-state" role="status">
        <Icon name={icons[state]} />
        <strong>{t(`telework.state.${state}`)}</strong>
        {since !== undefined && <span className="soft">{t('telework.since', { time: timeOfDay(since, language) })}</span>}
      </p>
      <div className="mark-actions">
        {following[state].map((kind, index) => (
          <Button key={kind} look={index === 0 ? 'solid' : 'outline'} isPending={mark.isPending} onPress={() => mark.mutate(kind)}>
            {t(`telework.mark.${kind}`)}
          </Button>
        ))}
      </div>
      {mark.error !== null && <ProblemNotice error={mark.error} />}
    </section>
  );
}
