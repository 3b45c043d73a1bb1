import { useState } from 'react';
import type { Waiting } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime, timeOfDay } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { CallSettings } from './call-settings.tsx';
import { LeaveDialog } from './leave-dialog.tsx';

/** Where one stands, why, when it is likely to be, and what would free a seat. */
export function PlaceInQueue({ place }: { place: Waiting }) {
  const { t, language } = useTexts();
  const [leaving, setLeaving] = useState(false);
  return (
    <section className="stack waiting">
      <PageHeading title={t('waiting.title')} />
      <p className="soft">{t('waiting.intro', { name: place.name, duty: place.dutyName })}</p>
      <div className="waiting-place" role="status">
        {place.place === undefined ? (
          <strong>{t('waiting.placing')}</strong>
        ) : (
          <>
            <strong className="waiting-number">{t('waiting.place', { place: place.place })}</strong>
            <span>{place.place === 1 ? t('waiting.next') : t('waiting.placeOf', { waiting: place.waiting ?? place.place })}</span>
          </>
        )}
      </div>
      <ul className="waiting-notes">
        {(place.moreUrgent ?? 0) > 0 && <li>{t('waiting.moreUrgent', { count: place.moreUrgent ?? 0 })}</li>}
        {place.returning && <li>{t('waiting.returning')}</li>}
        {place.lifted && <li>{t('waiting.lifted')}</li>}
        {place.dueAt !== undefined && <li>{t('waiting.dueAt', { time: dayAndTime(place.dueAt, language) })}</li>}
      </ul>
      <div className="waiting-facts">
        <Why place={place} />
        <When place={place} />
        <Freeing place={place} />
        <OtherWays place={place} />
      </div>
      <CallSettings />
      <p className="soft">{t('waiting.kept', { time: timeOfDay(place.keptUntil, language) })}</p>
      <p>
        <Button look="outline" onPress={() => setLeaving(true)}>
          {t('waiting.leave')}
        </Button>
      </p>
      {leaving && <LeaveDialog waitingId={place.id} onClose={() => setLeaving(false)} />}
    </section>
  );
}

function Why({ place: { reasons } }: { place: Waiting }) {
  const { t } = useTexts();
  if (reasons.length === 0) return null;
  return (
    <div className="panel">
      <h2>{t('waiting.why')}</h2>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>
            {t(`codes.${reason}.title`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function When({ place: { estimate } }: { place: Waiting }) {
  const { t, language } = useTexts();
  return (
    <div className="panel">
      <h2>{t('waiting.when')}</h2>
      {estimate.kind === 'between' && (
        <>
          <p className="waiting-when">{t('waiting.between', { from: timeOfDay(estimate.from, language), to: timeOfDay(estimate.to, language) })}</p>
          <p className="soft">{t('waiting.betweenHelp', { seats: estimate.seats })}</p>
        </>
      )}
      {estimate.kind === 'at-the-latest' && (
        <>
          <p className="waiting-when">{t('waiting.latest', { by: timeOfDay(estimate.by, language) })}</p>
          <p className="soft">{t('waiting.latestHelp')}</p>
        </>
      )}
      {estimate.kind === 'unknown' && (
        <>
          <p className="waiting-when">{t('waiting.unknown')}</p>
          <p className="soft">{t('waiting.unknownHelp')}</p>
        </>
      )}
    </div>
  );
}

function Freeing({ place: { freeing } }: { place: Waiting }) {
  const { t, language } = useTexts();
  if (freeing.length === 0) return null;
  const text = (way: Waiting['freeing'][number]): string => {
    switch (way.kind) {
      case 'session-ends':
        return t('waiting.freeing.session-ends', { by: timeOfDay(way.by, language), sessions: way.sessions });
      case 'session-yields':
        return t('waiting.freeing.session-yields', { by: timeOfDay(way.by, language) });
      case 'class-due':
        return t('waiting.freeing.class-due', { at: dayAndTime(way.at, language) });
      case 'desktop-free':
        return way.by === undefined ? t('waiting.freeing.desktop-free-unknown') : t('waiting.freeing.desktop-free', { by: timeOfDay(way.by, language) });
    }
  };
  return (
    <div className="panel">
      <h2>{t('waiting.free')}</h2>
      <ul>
        {freeing.map((way) => (
          <li key={way.kind}>{text(way)}</li>
        ))}
      </ul>
    </div>
  );
}

function OtherWays({ place: { help } }: { place: Waiting }) {
  const { t, language } = useTexts();
  const ways = help.flatMap((way) => {
    switch (way.kind) {
      case 'duty':
        return t('waiting.help.duty', { name: way.name });
      case 'level':
        return t('waiting.help.level', { name: t(`level.${way.level}.name`) });
      case 'site':
        return t('waiting.help.site', { sites: way.sites.map((site) => t(`site.${site}`)).join(language === 'ja' ? '、' : ', ') });
      case 'ask':
        return t('waiting.help.ask', { role: t(`waiting.role.${way.role}`) });
      case 'time':
        return t('waiting.help.time', { time: dayAndTime(way.at, language) });
      case 'seat':
        return [];
    }
  });
  if (ways.length === 0) return null;
  return (
    <div className="panel">
      <h2>{t('waiting.helpTitle')}</h2>
      <ul>
        {ways.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
    </div>
  );
}
