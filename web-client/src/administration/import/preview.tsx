import type { ImportPreview } from '../../../../gateway/http/schemas/index.ts';
import { Problem } from '../../api/problem.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Changes } from './changes.tsx';
import { Errors } from './errors.tsx';
import type { ImportWork } from './use-import.ts';

/** What the file would do; then the button that does it, or everything that has to be put right first. */
export function Preview({ work }: { work: ImportWork }) {
  const { t } = useTexts();
  const { preview, apply, reset } = work;
  if (preview.isPending) return <Working text={t('administration.import.checking')} />;
  if (preview.error !== null) {
    return (
      <ProblemNotice error={preview.error}>
        <AgainButton work={work} />
      </ProblemNotice>
    );
  }
  if (preview.data === undefined) return null;
  if (apply.data !== undefined) {
    const { added, changed, unchanged } = apply.data;
    return (
      <Notice tone="success" live title={t('administration.import.finished')}>
        <p>{t('administration.import.counts', { added, changed, unchanged })}</p>
        <p>
          <Button look="outline" size="small" onPress={reset}>
            {t('administration.import.another')}
          </Button>
        </p>
      </Notice>
    );
  }
  return (
    <>
      <Summary preview={preview.data} />
      {preview.data.errors.length > 0 ? (
        <>
          <Faulty errors={preview.data.errors} />
          <Errors errors={preview.data.errors} />
        </>
      ) : (
        <>
          <Changes preview={preview.data} />
          <Take work={work} preview={preview.data} />
        </>
      )}
    </>
  );
}

function Summary({ preview: { rows, added, changed, unchanged, errors } }: { preview: ImportPreview }) {
  const { t } = useTexts();
  const numbers = [['rows', rows], ['added', added], ['changed', changed], ['unchanged', unchanged], ['errors', errors.length]] as const;
  return (
    <section className="panel" aria-labelledby="import-summary">
      <h2 id="import-summary">{t('administration.import.summary')}</h2>
      <dl className="numbers">
        {numbers.map(([name, number]) => (
          <div key={name} className={name === 'errors' && number > 0 ? 'number number-bad' : 'number'}>
            <dt>{t(`administration.import.number.${name}`)}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Stands above the list of faults, which may be long. */
function Faulty({ errors }: { errors: ImportPreview['errors'] }) {
  const { t } = useTexts();
  return (
    <Notice tone="error" live title={t('administration.import.hasErrors', { count: errors.length })}>
      <p>{t('administration.import.hasErrorsHelp')}</p>
    </Notice>
  );
}

function Take({ work, preview: { added, changed } }: { work: ImportWork; preview: ImportPreview }) {
  const { t } = useTexts();
  const { apply, take } = work;
  if (added + changed === 0) return <Notice tone="info" live title={t('administration.import.nothing')} />;
  const outOfDate = apply.error instanceof Problem && apply.error.code === 'import-out-of-date';
  return (
    <div className="take">
      {apply.error !== null && (
        <ProblemNotice error={apply.error}>{outOfDate && <AgainButton work={work} />}</ProblemNotice>
      )}
      {apply.isPending ? (
        <Working text={t('administration.import.working')} />
      ) : (
        !outOfDate && (
          <>
            <p>{t('administration.import.allOrNothing')}</p>
            <Button icon="check" onPress={take}>
              {t('administration.import.apply', { count: added + changed })}
            </Button>
          </>
        )
      )}
    </div>
  );
}

function AgainButton({ work }: { work: ImportWork }) {
  const { t } = useTexts();
  return (
    <p>
      <Button look="outline" size="small" icon="refresh" onPress={work.again}>
        {t('administration.import.again')}
      </Button>
    </p>
  );
}

function Working({ text }: { text: string }) {
  return (
    <div className="working" role="status">
      <p>{text}</p>
      <progress aria-label={text} />
    </div>
  );
}
