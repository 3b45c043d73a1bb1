import { useTexts } from '../i18n/use-texts.ts';
import { qualityOf, typicalRoundTrip, type RoundTrips } from './round-trip.ts';

const bars = { good: 3, fair: 2, poor: 1, lost: 0 } as const;

/** The line in words, in bars and in milliseconds there and back. */
export function LineQuality({ trips }: { trips: RoundTrips }) {
  const { t } = useTexts();
  const quality = qualityOf(trips);
  const typical = typicalRoundTrip(trips);
  if (quality === null) return <p className="bar-line">{t('line.measuring')}</p>;
  return (
    <p className={`bar-line bar-line-${quality}`}>
      <svg className="bar-signal" viewBox="0 0 20 16" aria-hidden="true" focusable="false">
        {[5, 10, 15].map((height, place) => (
          <rect key={height} className={place < bars[quality] ? 'signal-on' : 'signal-off'} x={place * 7} y={16 - height} width="5" height={height} rx="1" />
        ))}
      </svg>
      <span>
        {t(`line.${quality}`)}
        {typical !== null && quality !== 'lost' && <span className="bar-line-figure"> {t('line.roundTrip', { milliseconds: Math.round(typical) })}</span>}
      </span>
    </p>
  );
}
