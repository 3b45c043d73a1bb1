import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import type { Duty } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import './duty-choice.css';

type DutyChoiceProps = { desktop: string; duties: readonly Duty[]; chosen: string | undefined; onChoose: (dutyId: string) => void };

/** For people with several duties: which one this session is for. */
export function DutyChoice({ desktop, duties, chosen, onChoose }: DutyChoiceProps) {
  const { t } = useTexts();
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
              {duty.name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
