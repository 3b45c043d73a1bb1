import type { User } from '../../../gateway/http/schemas/index.ts';
import { SaidProvider } from '../console/said.tsx';
import { StepUpProvider } from '../console/step-up.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { DevicesCard } from './devices-card.tsx';
import '../console/console.css';

/** How one signs in, and on what. */
export default function SecurityPage({ user }: { user: User }) {
  const { t } = useTexts();
  return (
    <StepUpProvider>
      <SaidProvider>
        <PageHeading title={t('security.title')} />
        <DevicesCard user={user} />
      </SaidProvider>
    </StepUpProvider>
  );
}
