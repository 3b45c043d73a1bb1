import type { Language } from '../port.ts';
import type { Report } from './report.ts';

export type Compared = { readonly name: string; readonly report: Report };

const [WIDTH, ROW, LEFT, RIGHT, TOP] = [960, 46, 250, 170, 96] as const;
const FILLS = ['#0017c1', 'url(#hatch)'] as const;
const TEXTS = {
  title: { ja: '業務ごとの待ち時間', en: 'Waits by duty' },
  help: { ja: '棒：中央値　線：10人中9人　右：目標時間の達成', en: 'Bar: median · line: nine in ten · right: target time met' },
  minutes: { ja: '分', en: 'min' },
} as const;

/** Two days side by side as one picture (SVG): legible in black and white. At most two are drawn. */
export function chartOf(compared: readonly Compared[], language: Language): string {
  const shown = compared.slice(0, 2);
  const duties = [...new Set(shown.flatMap(({ report }) => report.duties.map(({ duty, class: priorityClass }) => `${priorityClass} ${duty}`)))].toSorted();
  const longest = Math.max(60, ...shown.flatMap(({ report }) => report.duties.map(({ p90Wait }) => p90Wait)));
  const scale = (seconds: number) => (seconds / longest) * (WIDTH - LEFT - RIGHT);
  const height = TOP + duties.length * ROW + 40;
  const rows = duties.map((duty, row) => {
    const y = TOP + row * ROW;
    const bars = shown.map(({ report }, index) => {
      const found = report.duties.find((one) => `${one.class} ${one.duty}` === duty);
      if (found === undefined) return '';
      const at = y + 4 + index * 18;
      return `<rect x="${LEFT}" y="${at}" width="${Math.max(1, scale(found.medianWait)).toFixed(1)}" height="14" fill="${FILLS[index]}" stroke="#0017c1"/><line x1="${LEFT}" x2="${(LEFT + scale(found.p90Wait)).toFixed(1)}" y1="${at + 7}" y2="${at + 7}" stroke="#111" stroke-width="2"/><text x="${WIDTH - RIGHT + 12}" y="${at + 12}" font-size="13">${Math.round(found.metTarget * 100)} %  (${Math.round(found.p90Wait / 60)} ${TEXTS.minutes[language]})</text>`;
    });
    return `<text x="${LEFT - 12}" y="${y + 26}" text-anchor="end" font-size="14">${escape(duty)}</text>${bars.join('')}<line x1="16" x2="${WIDTH - 16}" y1="${y + ROW - 1}" y2="${y + ROW - 1}" stroke="#ccc"/>`;
  });
  const legend = shown.map(({ name, report }, index) => `<rect x="${LEFT + index * 330}" y="58" width="24" height="14" fill="${FILLS[index]}" stroke="#0017c1"/><text x="${LEFT + 32 + index * 330}" y="70" font-size="14">${escape(name)} (${Math.round(report.metTarget * 100)} %)</text>`);
  const axis = [0, 0.5, 1].map((part) => `<text x="${(LEFT + scale(longest * part)).toFixed(1)}" y="${height - 14}" font-size="12" text-anchor="middle">${Math.round((longest * part) / 60)} ${TEXTS.minutes[language]}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="'Noto Sans JP','Noto Sans CJK JP',sans-serif" role="img" aria-label="${TEXTS.title[language]}">`,
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#0017c1"/></pattern></defs>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="30" font-size="20" font-weight="700">${TEXTS.title[language]}</text><text x="16" y="50" font-size="12" fill="#333">${TEXTS.help[language]}</text>`,
    ...legend,
    ...rows,
    ...axis,
    '</svg>',
    '',
  ].join('\n');
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
