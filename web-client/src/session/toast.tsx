import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';
import type { SessionMessage } from './use-messages.ts';

/** What the page has to say while the desktop fills it. The frame is always there, so that a reader hears what appears in it. */
export function Toast({ message }: { message: { readonly name: SessionMessage; readonly count: number } | null }) {
  const { t } = useTexts();
  const refusal = message !== null && message.name !== 'wayOut';
  return (
    <div className="toast" role="status">
      {message !== null && (
        <p key={message.count} className={refusal ? 'toast-text toast-warning' : 'toast-text'}>
          <Icon name={refusal ? 'warning' : 'info'} />
          <span>{t(`session.messages.${message.name}`)}</span>
        </p>
      )}
    </div>
  );
}
