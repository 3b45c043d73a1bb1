import makeCode from 'qrcode-generator';
import { useMemo } from 'react';
import { qrPath, quietZone } from './qr-path.ts';

/** A QR code drawn as one SVG path, at error correction level M. Always dark on light, whatever the colours of the page. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = makeCode(0, 'M');
    code.addData(text);
    code.make();
    const modules = code.getModuleCount();
    return { size: modules + 2 * quietZone, path: qrPath({ size: modules, isDark: (row, column) => code.isDark(row, column) }) };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path className="qr-ground" d={`M0 0h${size}v${size}h-${size}z`} />
      <path className="qr-modules" d={path} />
    </svg>
  );
}
