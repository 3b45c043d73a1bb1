/** @typedef {{ name: string, program?: string, why: string }} Need */

/** What the real desktops are made of. `program` is what a machine without Debian's packages must have instead. */
export const desktopNeeds = /** @type {readonly Need[]} */ ([
  { name: 'tigervnc-standalone-server', program: 'Xvnc', why: 'VNC desktop' },
  { name: 'tigervnc-tools', program: 'vncpasswd', why: 'VNC desktop' },
  { name: 'xrdp', program: 'xrdp', why: 'RDP desktop' },
  { name: 'xorgxrdp', why: 'RDP desktop' },
  { name: 'openssl', program: 'openssl', why: "RDP desktop's certificate" },
  { name: 'fuse3', program: 'fusermount3', why: 'redirected drives' },
  { name: 'openbox', program: 'openbox', why: 'window manager' },
  { name: 'tint2', program: 'tint2', why: 'panel' },
  { name: 'mousepad', program: 'mousepad', why: 'editor' },
  { name: 'fonts-noto-cjk', why: 'Japanese font' },
  { name: 'fcitx5', program: 'fcitx5', why: 'Japanese input' },
  { name: 'fcitx5-mozc', why: 'Japanese input' },
  { name: 'fcitx5-frontend-gtk3', why: 'Japanese input' },
  { name: 'dbus-x11', program: 'dbus-run-session', why: 'desktop session' },
  { name: 'xauth', program: 'xauth', why: 'desktop session' },
  { name: 'x11-xserver-utils', program: 'xsetroot', why: 'desktop session' },
  { name: 'xclip', program: 'xclip', why: 'clipboard experiments' },
  { name: 'xdotool', program: 'xdotool', why: 'waiting for windows' },
]);

/** Debian has it up to 11 and not since; it comes from that release's archive, and nothing else does. */
export const guacdNeeds = /** @type {readonly Need[]} */ ([
  { name: 'guacd', program: 'guacd', why: 'remote desktop gateway' },
  { name: 'libguac-client-rdp0', why: 'remote desktop gateway, RDP' },
  { name: 'libguac-client-vnc0', why: 'remote desktop gateway, VNC' },
]);

export const browserNeeds = /** @type {readonly Need[]} */ ([{ name: 'chromium', program: 'chromium', why: 'tests in a real browser' }]);

/** Services that the packages bring along. They are not wanted: every part is started on its own, on the loopback address. */
export const unwantedServices = ['xrdp', 'xrdp-sesman', 'guacd'];
