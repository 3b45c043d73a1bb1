import { useId } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { ImportWork } from './use-import.ts';

/** A file from the machine at hand, chosen or dropped. Choosing the same one again reads it again. */
export function FileChoice({ work: { file, fault, choose } }: { work: ImportWork }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <>
      <div
        className="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const [dropped] = event.dataTransfer.files;
          if (dropped) void choose(dropped);
        }}
      >
        <Icon name="file" />
        <label htmlFor={id} className="field-label">
          {t('administration.import.choose')}
        </label>
        <p className="soft" id={`${id}-help`}>
          {t('administration.import.chooseHelp')}
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          aria-describedby={`${id}-help`}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen) void choose(chosen);
            event.currentTarget.value = '';
          }}
        />
        {file && <p role="status">{t('administration.import.read', { name: file.name, encoding: t(`administration.import.encoding.${file.encoding}`) })}</p>}
      </div>
      {fault && (
        <Notice tone="error" live title={t(`administration.import.fault.${fault}.title`)}>
          <p>{t(`administration.import.fault.${fault}.help`)}</p>
        </Notice>
      )}
    </>
  );
}
