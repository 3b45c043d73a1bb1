import type { TimelineEvent } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime, dayOf, timeWithSeconds } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EventDetails } from './event-details.tsx';
import { knownEvent, toneOf } from './events.ts';

/** What happened, in its order, the day wherever another one begins; each with who did it, what the rules saw, and where its proof stands in the audit trail. */
export function TimelineList({ events }: { events: readonly TimelineEvent[] }) {
  const { t, language } = useTexts();
  return (
    <ol className="timeline">
      {events.map((event, index) => {
        const day = dayOf(event.at, language);
        const before = events[index - 1]?.at;
        const known = knownEvent(event.event);
        return (
          <li key={event.id} className={`timeline-event timeline-${toneOf(event)}`}>
            <time dateTime={event.at} title={dayAndTime(event.at, language)}>
              {(before === undefined || dayOf(before, language) !== day) && <span className="timeline-day">{day}</span>}
              {timeWithSeconds(event.at)}
            </time>
            <div className="timeline-what">
              <p className="timeline-name">
                <strong>{known === undefined ? event.event : t(`oversight.events.${known}`)}</strong>{' '}
                <span className="soft">{event.actor.displayName ?? t(`oversight.actor.${event.actor.kind}`)}</span>
              </p>
              <EventDetails event={event} />
              <p className="timeline-proof soft">{t('oversight.proof', { code: event.code, lane: event.lane, sequence: event.sequence })}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
