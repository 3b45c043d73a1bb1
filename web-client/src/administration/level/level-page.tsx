import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Situation, User } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Exceptions } from '../exceptions/exceptions.tsx';
import { situation } from '../queries.ts';
import { Acts } from '../succession/acts.tsx';
import { SuccessionPanel } from '../succession/succession-panel.tsx';
import { DutiesNow } from './duties-now.tsx';
import { History } from './history.tsx';
import { InForce } from './in-force.tsx';
import { Proposals } from './proposals.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import { tighter } from './ranks.ts';
import { Seats } from './seats.tsx';
import { TightenDialog } from './tighten-dialog.tsx';
import './level.css';

/** The situation board: the level in force, what is proposed, seats and duties at a glance, and what can be done. */
export function LevelPage({ user }: { user: User }) {
  const { t } = useTexts();
  const now = useQuery(situation);
  return (
    <ConsolePage title={t('administration.level.title')} intro={t('administration.level.intro')} actions={now.data && <LevelActions situation={now.data} />}>
      <Asked of={now}>
        {(found) => (
          <>
            <InForce inForce={found.inForce} />
            <Proposals situation={found} />
            <Seats seats={found.seats} />
            <DutiesNow duties={found.duties} onset={found.inForce.onset} />
            <SuccessionPanel />
            {user.may.includes('exceptions.view') && <Exceptions user={user} />}
            <History key={user.id} />
            <Acts />
          </>
        )}
      </Asked>
    </ConsolePage>
  );
}

function LevelActions({ situation: { may, inForce, expiresAfter } }: { situation: Situation }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<'propose' | 'tighten' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      {may.tighten && tighter(inForce).length > 0 && (
        <Button look="outline" icon="down" onPress={() => setOpen('tighten')}>
          {t('administration.level.tighten.open')}
        </Button>
      )}
      {may.propose && (
        <Button icon="up" onPress={() => setOpen('propose')}>
          {t('administration.level.propose.open')}
        </Button>
      )}
      {open === 'propose' && <ProposeDialog inForce={inForce} expiresAfter={expiresAfter} onClose={close} />}
      {open === 'tighten' && <TightenDialog inForce={inForce} onClose={close} />}
    </>
  );
}
