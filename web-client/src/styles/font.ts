/** Fonts with Japanese letters that systems bring along, as the font stack of base.css names them. */
const systemFonts = ['Hiragino Sans', 'BIZ UDPGothic', 'Yu Gothic UI', 'Meiryo', 'Noto Sans CJK JP', 'Noto Sans JP'];

/** Fetches Noto Sans JP, in the pieces that the text needs, only where the system has no Japanese font of its own. */
export function loadFontIfNeeded(): void {
  if (systemFonts.some(isInstalled)) return;
  requestIdleCallbackOrSoon(() => void import('@fontsource-variable/noto-sans-jp'));
}

/** A font is there when text in it is measured otherwise than in one of the generic fonts. */
function isInstalled(font: string): boolean {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return true;
  const width = (family: string): number => {
    context.font = `72px ${family}`;
    return context.measureText('関所Sekisho123ilW').width;
  };
  return ['monospace', 'serif'].some((generic) => width(`"${font}", ${generic}`) !== width(generic));
}

function requestIdleCallbackOrSoon(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work);
  else setTimeout(work, 500);
}
