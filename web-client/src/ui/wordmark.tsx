import { useTexts } from '../i18n/use-texts.ts';
import './wordmark.css';

/** The gate of a highway checkpoint, and the name. */
export function Wordmark() {
  const { t } = useTexts();
  return (
    <span className="wordmark" role="img" aria-label={t('product')}>
      <GateMark />
      <span className="wordmark-name" aria-hidden="true" lang="ja">
        関所
      </span>
      <span className="wordmark-latin" aria-hidden="true" lang="en">
        Sekisho
      </span>
    </span>
  );
}

/** Two posts, a cross-beam and a tiled roof; the sun stands in the opening. */
export function GateMark() {
  return (
    <svg className="gate-mark" viewBox="0 0 48 40" aria-hidden="true" focusable="false">
      <path className="gate-wood" d="M2.3 12.7 9.2 4.5h29.6l6.9 8.2c.9 1.1.2 2.8-1.3 2.8H3.6c-1.5 0-2.2-1.7-1.3-2.8ZM10 18.5h5v20h-5zM33 18.5h5v20h-5zM5 21.5h38v4H5z" />
      <circle className="gate-light" cx="24" cy="33.5" r="5" />
    </svg>
  );
}
