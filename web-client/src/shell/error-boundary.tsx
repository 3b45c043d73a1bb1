import { Component, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Support } from '../ui/problem-notice.tsx';
import './shell.css';

/** Stands in for a page that failed to draw itself, so that nobody is left with an empty window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useTexts();
  return (
    <main className="alone">
      <div className="alone-box">
        <PageHeading title={t('failed.title')} />
        <p>{t('failed.help')}</p>
        <Support code="SEK-1007" />
        <Button icon="refresh" onPress={() => location.reload()}>
          {t('failed.reload')}
        </Button>
      </div>
    </main>
  );
}
