import { useQuery } from '@tanstack/react-query';
import type { User } from '../../../gateway/http/schemas/index.ts';
import { factors } from '../api/queries.ts';
import { Asked } from '../console/asked.tsx';
import { SaidProvider } from '../console/said.tsx';
import { StepUpProvider } from '../console/step-up.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Authenticators } from './authenticators.tsx';
import { DevicesCard } from './devices-card.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { RecoveryCodesCard } from './recovery-codes-card.tsx';
import '../console/console.css';
import './security.css';

/** サインインの安全: what shows who one is, and what is kept for the day on which the phone is gone. */
export default function SecurityPage({ user }: { user: User }) {
  const { t } = useTexts();
  const found = useQuery(factors);
  return (
    <StepUpProvider>
      <SaidProvider>
        <div className="security-head">
          <PageHeading title={t('security.title')} />
          <p className="soft">{t('security.intro')}</p>
        </div>
        <Asked of={found}>
          {(own) => (
            <div className="security-cards">
              {!own.mayChange && (
                <Notice tone="warning" title={t('security.locked.title')}>
                  <p>{t('security.locked.help')}</p>
                </Notice>
              )}
              <Authenticators own={own} />
              <PasskeysCard own={own} />
              <RecoveryCodesCard own={own} />
            </div>
          )}
        </Asked>
        <DevicesCard user={user} />
      </SaidProvider>
    </StepUpProvider>
  );
}
