import { useQuery } from '@tanstack/react-query';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import type { Duty } from '../../../gateway/http/schemas/index.ts';
import { ownDuties } from '../duties/queries.ts';
import { dutyState } from '../duties/state.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import './duty-choice.css';

type DutyChoiceProps = { desktop: string; duties: readonly Duty[]; chosen: string | undefined; onChoose: (dutyId: string) => void };

/** For people with several duties: which one this session is for. */
export function DutyChoice({ desktop, duties, chosen, onChoose }: DutyChoiceProps) {
  const { t } = useTexts();
  const standing = useQuery(ownDuties).data?.duties;
  /** What stands in its way is told before it is chosen. */
  const shown = ({ id, name }: Duty): string => {
    const duty = standing?.find((one) => one.id === id);
    return duty === undefined || duty.reasons.length === 0 ? name : t('desktops.dutyNotNow', { name, state: t(`duties.state.${dutyState(duty).key}`) });
  };
  return (
    <Select className="duty" value={chosen ?? null} onChange={(key) => key !== null && onChoose(String(key))}>
      <Label className="duty-label">
        {t('duty.label')} <span className="visually-hidden">({desktop})</span>
      </Label>
      <Button className="duty-button">
        <SelectValue className="duty-value" />
        <Icon name="chevron" />
      </Button>
      <Popover className="popover">
        <ListBox className="duty-list">
          {duties.map((duty) => (
            <ListBoxItem key={duty.id} id={duty.id} className="duty-item" textValue={duty.name}>
              {shown(duty)}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
