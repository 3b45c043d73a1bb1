import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { RecoveryCodes } from '../../../gateway/http/schemas/index.ts';
import { me } from '../api/queries.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** The codes, this once, as they go on paper: with whose they are not, since a found sheet shall name no account. */
export function RecoverySheet({ issued: { codes, issuedAt }, onDone }: { issued: RecoveryCodes; onDone: () => void }) {
  const { t, language } = useTexts();
  const { data: user } = useQuery(me);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <Notice tone="warning" title={t('security.sheet.once')}>
        <p>{t('security.sheet.onceHelp')}</p>
      </Notice>
      <div className="sheet">
        <h3 ref={title} tabIndex={-1}>
          {t('security.sheet.title')}
        </h3>
        <p>{t('security.sheet.issued', { organisation: user?.organisation ?? '', time: dayAndTime(issuedAt, language) })}</p>
        <ol className="sheet-codes" translate="no">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <p>{t('security.sheet.use')}</p>
      </div>
      <div className="row-actions">
        <Button icon="file" onPress={() => window.print()}>
          {t('security.sheet.print')}
        </Button>
        <Button look="outline" onPress={onDone}>
          {t('security.sheet.done')}
        </Button>
      </div>
    </>
  );
}
