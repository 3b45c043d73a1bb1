import type { ConnectionSettings } from '../contract.ts';

type Protocol = ConnectionSettings['protocol'];

/**
 * Parameters that keep a channel closed inside guacd. Each must be among the `args` of the guacd in use and is sent with
 * just this value: guacd takes anything but `true` and `false` for the default, which leaves copying on (relay.md).
 */
export const RELIED_ON: Readonly<Record<Protocol, Readonly<Record<string, string>>>> = {
  rdp: {
    'disable-copy': 'true',
    'disable-paste': 'true',
    'disable-download': 'true',
    'disable-upload': 'true',
    'disable-audio': 'true',
    'enable-drive': 'false',
    'enable-printing': 'false',
    'enable-sftp': 'false',
    'enable-audio-input': 'false',
    'static-channels': '',
  },
  vnc: {
    'disable-copy': 'true',
    'disable-paste': 'true',
    'enable-sftp': 'false',
    'enable-audio': 'false',
  },
};

/** Parameters that a desktop's record may set, because none of them opens a way for data. Names as in guacd 1.3 to 1.6. */
export const TUNABLE: Readonly<Record<Protocol, ReadonlySet<string>>> = {
  rdp: new Set([
    'initial-program', 'color-depth', 'console', 'server-layout', 'security', 'ignore-cert', 'cert-tofu', 'cert-fingerprints', 'disable-auth',
    'remote-app', 'remote-app-dir', 'remote-app-args', 'client-name', 'enable-wallpaper', 'enable-theming', 'enable-font-smoothing',
    'enable-full-window-drag', 'enable-desktop-composition', 'enable-menu-animations', 'disable-bitmap-caching', 'disable-offscreen-caching',
    'disable-glyph-caching', 'disable-gfx', 'preconnection-id', 'preconnection-blob', 'resize-method', 'enable-touch', 'gateway-hostname',
    'gateway-port', 'gateway-domain', 'gateway-username', 'gateway-password', 'load-balance-info', 'force-lossless', 'timeout',
  ]),
  vnc: new Set([
    'encodings', 'swap-red-blue', 'color-depth', 'cursor', 'autoretry', 'dest-host', 'dest-port', 'disable-display-resize', 'disable-server-input',
    'force-lossless', 'compress-level', 'quality-level',
  ]),
};

/** Names of a side channel: whatever a record says of them is overridden with nothing, which is guacd's way of leaving them off. */
export function isSecurityParameter(protocol: Protocol, name: string): boolean {
  return name in RELIED_ON[protocol] || SIDE_CHANNEL.test(name);
}

const SIDE_CHANNEL = /^(?:sftp-|recording-|typescript-|drive-|printer-|wol-|create-recording-path$|create-drive-path$|console-audio$|audio-servername$|read-only$|clipboard-|normalize-clipboard$|reverse-connect$|listen-timeout$)/;
