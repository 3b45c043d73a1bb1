import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { Asked } from '../../console/asked.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { useWatch } from '../../live/use-watch.ts';
import { Notice } from '../../ui/notice.tsx';
import { InForce } from '../level/in-force.tsx';
import { board } from '../queries.ts';
import { ClassesNow } from './classes-now.tsx';
import { DutiesStanding } from './duties-standing.tsx';
import { PhaseClock } from './phase-clock.tsx';
import { Preemptions } from './preemptions.tsx';
import { Queue } from './queue.tsx';
import { SeatPicture } from './seat-picture.tsx';
import '../level/level.css';
import './board.css';

/** The situation board (状況盤): level, phase clock, seats, queue, preemptions and target times at a glance. */
export function BoardPage() {
  const { t } = useTexts();
  useWatch(['board']);
  const now = useQuery(board);
  return (
    <ConsolePage
      title={t('administration.board.title')}
      intro={t('administration.board.intro')}
      actions={
        <Link href="/administration/level" className="button button-solid">
          {t('administration.board.level')}
        </Link>
      }
    >
      <Asked of={now}>
        {(found) => (
          <>
            {found.drill && <Notice tone="warning" title={t('administration.board.drill', { name: found.drill.name })} />}
            <InForce inForce={found.inForce} />
            <PhaseClock phase={found.phase} />
            <SeatPicture seats={found.seats} />
            <Preemptions preemptions={found.preemptions} />
            <ClassesNow classes={found.classes} />
            <Queue waiting={found.waiting} />
            <DutiesStanding duties={found.duties} />
          </>
        )}
      </Asked>
    </ConsolePage>
  );
}
