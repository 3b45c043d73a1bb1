import { SelectField } from '../../console/select-field.tsx';
import { TimeField } from '../../console/time-field.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { TextField } from '../../ui/text-field.tsx';

export type LoanGiven = { readonly loaned: boolean; readonly from: string; readonly endsAt: string };

/** Whether a new account is one of loaned staff, and then where from and until when. */
export function LoanFields({ given, onChange, missing }: { given: LoanGiven; onChange: (given: LoanGiven) => void; missing: (value: string) => string | undefined }) {
  const { t } = useTexts();
  return (
    <>
      <SelectField
        name="loaned"
        label={t('administration.people.loan.kind')}
        options={(['no', 'yes'] as const).map((kind) => ({ value: kind, name: t(`administration.people.loan.is.${kind}`) }))}
        value={given.loaned ? 'yes' : 'no'}
        onChange={(kind) => onChange({ ...given, loaned: kind === 'yes' })}
      />
      {given.loaned && (
        <>
          <TextField name="loanFrom" label={t('administration.people.loan.from')} value={given.from} onChange={(from) => onChange({ ...given, from })} error={missing(given.from)} maxLength={200} autoComplete="off" />
          <TimeField name="loanEndsAt" label={t('administration.people.loan.endsAt')} description={t('administration.people.loan.endsAtHelp')} value={given.endsAt} onChange={(endsAt) => onChange({ ...given, endsAt })} error={missing(given.endsAt)} />
        </>
      )}
    </>
  );
}
