import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { editorSettings, inputMethods, menu, notice, panel, sessionScript, shelters, toolkitSettings, windowManager } from './home-files.ts';

export interface Home {
  readonly path: string;
  readonly documentFile: string;
  /** Starts window manager, panel, input method and editor; ends with the window manager. */
  readonly sessionScript: string;
  /** What the desktop's processes find in their environment; `DISPLAY` and `XAUTHORITY` come from the X server's side. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Furnishes a desktop in `base`, which the account must be able to walk through: documents, Japanese input, a plain
 * background, a panel. `layout` is the keyboard that the input method assumes.
 */
export async function furnishHome(base: string, account: Account, desktop: { title: string; layout: 'jp' | 'us' }): Promise<Home> {
  const path = join(base, 'home');
  const documentFile = join(path, '文書', '業務連絡.txt');
  const env = environment(path, account.name);
  const files: Record<string, string> = {
    [documentFile]: notice(desktop.title),
    [join(path, '文書', '避難所一覧.txt')]: shelters,
    [join(path, '.config/fcitx5/profile')]: inputMethods(desktop.layout),
    [join(path, '.config/openbox/rc.xml')]: windowManager(await readFile('/etc/xdg/openbox/rc.xml', 'utf8')),
    [join(path, '.config/openbox/menu.xml')]: menu,
    [join(path, '.config/tint2/tint2rc')]: panel,
    [join(path, '.config/glib-2.0/settings/keyfile')]: editorSettings,
    [join(path, '.config/gtk-3.0/settings.ini')]: toolkitSettings,
    [join(path, '.session')]: sessionScript(env, documentFile),
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
  }
  await mkdir(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  await chmod(join(path, '.session'), 0o700);
  for (const entry of ['', ...(await readdir(path, { recursive: true }))]) await chown(join(path, entry), account.uid, account.gid);
  return { path, documentFile, sessionScript: join(path, '.session'), env };
}

function environment(home: string, user: string) {
  return {
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: '/bin/sh',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: 'Asia/Tokyo',
    LANG: 'C.UTF-8',
    // Japanese menus without a generated locale.
    LANGUAGE: 'ja',
    GTK_IM_MODULE: 'fcitx',
    QT_IM_MODULE: 'fcitx',
    XMODIFIERS: '@im=fcitx',
    GSETTINGS_BACKEND: 'keyfile',
    NO_AT_BRIDGE: '1',
    XDG_CONFIG_HOME: `${home}/.config`,
    XDG_RUNTIME_DIR: `${home}/.run`,
  };
}
