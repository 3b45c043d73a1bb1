import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovedBypass, User } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { BypassCard } from './bypass-card.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { openBypasses } from './queries.ts';

/** Those that wait for a second person, can be used or are in use. */
export function Bypasses({ user }: { user: User }) {
  const { t } = useTexts();
  const found = useQuery(openBypasses);
  const [issuing, setIssuing] = useState(false);
  /** Lives in this page alone, and is gone with it. */
  const [told, setTold] = useState<ApprovedBypass | null>(null);
  return (
    <section className="stack" aria-labelledby="bypasses-title">
      <div className="panel-head">
        <h2 id="bypasses-title" className="section-title">
          {t('administration.bypass.open.title')}
        </h2>
        {user.may.includes('bypass.issue') && (
          <Button look="outline" icon="plus" onPress={() => setIssuing(true)}>
            {t('administration.bypass.issue.open')}
          </Button>
        )}
      </div>
      <Asked of={found}>
        {({ items }) =>
          items.length === 0 ? <EmptyState icon="check" title={t('administration.bypass.empty')} help={t('administration.bypass.emptyHelp')} /> : items.map((bypass) => <BypassCard key={bypass.id} bypass={bypass} onApproved={setTold} />)
        }
      </Asked>
      {issuing && <IssueDialog onClose={() => setIssuing(false)} />}
      {told !== null && <CodeDialog approved={told} onClose={() => setTold(null)} />}
    </section>
  );
}
