import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Features of the browser that the page never needs; the clipboard above all. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/**
 * Headers of every answer. Nothing inline, nothing from elsewhere, no HTML from strings (Trusted Types), no frame around it.
 * `data:` images are the cursors that a desktop draws.
 */
export function securityHeaders(publicOrigin: () => string): RequestHandler[] {
  const harden = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        // Named besides 'self', which older browsers do not take to mean the WebSocket of the same host.
        'connect-src': ["'self'", () => publicOrigin().replace(/^http/, 'ws')],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
  const denied = DENIED_FEATURES.map((feature) => `${feature}=()`).join(', ');
  return [
    harden,
    (_request, response, next) => {
      response.set('permissions-policy', denied);
      next();
    },
  ];
}
