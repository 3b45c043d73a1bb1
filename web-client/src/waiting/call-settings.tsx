import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { notificationState, soundIsOn, switchSound } from './calling.ts';

/** How one wants to be called: asked for, never assumed. */
export function CallSettings() {
  const { t } = useTexts();
  const [sound, setSound] = useState(soundIsOn);
  const [notifies, setNotifies] = useState(notificationState);
  return (
    <div className="waiting-call">
      <label>
        <input
          type="checkbox"
          checked={sound}
          onChange={({ target: { checked } }) => {
            switchSound(checked);
            setSound(checked);
          }}
        />
        {t('waiting.sound')}
      </label>
      {notifies === 'default' && (
        <Button look="plain" size="small" onPress={() => void Notification.requestPermission().then(setNotifies)}>
          {t('waiting.notify')}
        </Button>
      )}
      {notifies === 'granted' && <span className="soft">{t('waiting.notifyOn')}</span>}
      {notifies === 'denied' && <span className="soft">{t('waiting.notifyDenied')}</span>}
    </div>
  );
}
