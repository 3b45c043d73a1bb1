import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { User, Waiting } from '../../../gateway/http/schemas/index.ts';
import { desktops, pools } from '../api/queries.ts';
import { EntranceDialogs } from '../desktops/entrance-dialogs.tsx';
import { useEntrance } from '../desktops/use-entrance.ts';
import { countdown, secondsUntil } from '../format/countdown.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useSecond } from '../ui/use-second.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { callPerson } from './calling.ts';

/** It is one's turn: the person is called, and a page that is in view opens by itself where no log-in has to be typed. */
export function Offer({ offer, user }: { offer: Waiting; user: User }) {
  const { t } = useTexts();
  const now = useSecond();
  const listed = useQuery(desktops).data?.items.find(({ id }) => id === offer.desktopId);
  const pool = useQuery(pools).data?.items.find(({ id }) => id === offer.poolId);
  const credentials = (listed ?? pool)?.credentials;
  const wanted = offer.desktopId === undefined ? { poolId: offer.poolId ?? '' } : { desktopId: offer.desktopId };
  const entrance = useEntrance({ wanted, credentials: credentials ?? 'stored' });
  const called = useRef(false);
  const opened = useRef(false);
  useEffect(() => {
    if (called.current) return;
    called.current = true;
    callPerson(t('waiting.admitted'));
  }, [t]);
  useEffect(() => {
    document.title = `${t('waiting.admittedTitle')} | ${t('product')}`;
  });
  useEffect(() => {
    if (opened.current || credentials !== 'stored' || document.visibilityState !== 'visible') return;
    opened.current = true;
    entrance.open(offer.dutyId);
  }, [credentials, entrance, offer.dutyId]);
  return (
    <section className="stack waiting waiting-offer">
      <PageHeading title={t('waiting.admitted')} />
      <p className="soft">{t('waiting.intro', { name: offer.name, duty: offer.dutyName })}</p>
      <p className="waiting-place" role="alert">
        {t('waiting.admittedHelp', { left: countdown(t, secondsUntil(offer.sitDownBy ?? '', now)) })}
      </p>
      <p>
        <Button icon="arrow" isPending={entrance.busy} onPress={() => entrance.open(offer.dutyId)}>
          {t('waiting.open')}
        </Button>
      </p>
      <EntranceDialogs entrance={entrance} goal={{ name: offer.name, protocol: listed?.protocol ?? 'rdp' }} user={user} />
    </section>
  );
}
