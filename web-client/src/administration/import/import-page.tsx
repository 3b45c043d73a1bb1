import { useState } from 'react';
import type { User } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FileChoice } from './file-choice.tsx';
import { KindChoice } from './kind-choice.tsx';
import { Preview } from './preview.tsx';
import { useImport, type Kind } from './use-import.ts';
import './import.css';

const actions = { people: 'people.manage', desktops: 'desktops.manage' } as const satisfies Record<Kind, User['may'][number]>;

/** CSV in, with a look at what it would do before it is done; and out. */
export function ImportPage({ user }: { user: User }) {
  const { t } = useTexts();
  const kinds = (['people', 'desktops'] as const).filter((kind) => user.may.includes(actions[kind]));
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'people');
  const work = useImport(kind);
  return (
    <ConsolePage title={t('administration.import.title')} intro={t('administration.import.intro')}>
      <section className="panel" aria-labelledby="import-what">
        <h2 id="import-what">{t('administration.import.what')}</h2>
        <KindChoice
          labelledBy="import-what"
          kinds={kinds}
          kind={kind}
          onChange={(next) => {
            setKind(next);
            work.reset();
          }}
        />
        <ul className="downloads" role="list">
          <li>
            <a href={`/api/imports/${kind}/template.csv`} download>
              {t(`administration.import.template.${kind}`)}
            </a>
          </li>
          <li>
            <a href={`/api/imports/${kind}/rows.csv`} download>
              {t(`administration.import.export.${kind}`)}
            </a>
          </li>
        </ul>
      </section>
      <section className="panel" aria-labelledby="import-file">
        <h2 id="import-file">{t('administration.import.file')}</h2>
        <FileChoice key={kind} work={work} />
      </section>
      <Preview work={work} />
    </ConsolePage>
  );
}
