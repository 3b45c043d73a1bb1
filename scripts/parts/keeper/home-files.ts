/** Starts everything in the person's own message bus, whose address is kept for commands that come later. */
export function sessionScript(env: Readonly<Record<string, string>>, documentFile: string): string {
  const settings = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`);
  return `#!/bin/sh
${settings.join('\n')}
cd "$HOME"
xsetroot -solid '#35556b'
exec dbus-run-session -- sh -c '
  printf %s "$DBUS_SESSION_BUS_ADDRESS" > "$XDG_RUNTIME_DIR/bus-address"
  tint2 &
  fcitx5 -d
  # The editor looks for the input method once, when it starts.
  (until fcitx5-remote >/dev/null 2>&1; do sleep 0.1; done; exec mousepad "${documentFile}") &
  exec openbox'
`;
}

export function notice(title: string): string {
  return `【業務連絡】${title}

本日の防災会議は 10:00 から第2会議室で行います。
在宅勤務の職員は、この端末から各業務システムを利用してください。
文書は庁内に保存されます。手元の端末には残りません。

`;
}

export const shelters = `避難所一覧

市民体育館　　　収容 420 名　開設準備中
中央小学校　　　収容 260 名　開設
北公民館　　　　収容　90 名　開設
`;

/** fcitx5: the keyboard first, Mozc as the one input method that 半角/全角 or Ctrl+Space switches to. */
export function inputMethods(layout: 'jp' | 'us'): string {
  return `[Groups/0]
Name=Default
Default Layout=${layout}
DefaultIM=mozc

[Groups/0/Items/0]
Name=keyboard-${layout}
Layout=

[Groups/0/Items/1]
Name=mozc
Layout=

[GroupOrder]
0=Default
`;
}

/** Openbox's own configuration with one work area, Japanese fonts, and the editor placed and sized. */
export function windowManager(shipped: string): string {
  const editor = `<application class="Mousepad">
    <position force="yes"><x>70</x><y>50</y></position>
    <size><width>760</width><height>520</height></size>
  </application>`;
  return shipped
    .replace('<number>4</number>', '<number>1</number>')
    .replaceAll('<name>sans</name>', '<name>Noto Sans CJK JP</name>')
    .replace('<name>Clearlooks</name>', '<name>Onyx</name>')
    .replace('</applications>', `${editor}\n</applications>`);
}

export const menu = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_menu xmlns="http://openbox.org/3.4/menu">
  <menu id="root-menu" label="メニュー">
    <item label="文書を書く"><action name="Execute"><command>mousepad</command></action></item>
  </menu>
</openbox_menu>
`;

/** The panel shows the open windows. It has no clock: an idle desktop stays still, to the pixel. */
export const panel = `rounded = 0
border_width = 0
background_color = #16222b 100
border_color = #16222b 100

rounded = 2
border_width = 0
background_color = #2f4453 100
border_color = #2f4453 100

panel_items = T
panel_position = bottom center horizontal
panel_size = 100% 34
panel_margin = 0 0
panel_padding = 6 4 6
panel_background_id = 1
taskbar_mode = single_desktop
taskbar_name = 0
task_text = 1
task_icon = 1
task_maximum_size = 260 26
task_padding = 8 3 6
task_font = Noto Sans CJK JP 10
task_font_color = #ffffff 100
task_background_id = 2
task_active_background_id = 2
`;

/** GTK: no blinking cursor, for the same reason. */
export const toolkitSettings = `[Settings]
gtk-cursor-blink=0
`;

export const editorSettings = `[org/xfce/mousepad/preferences/view]
font-name='Noto Sans Mono CJK JP 12'
use-default-monospace-font=false
show-line-numbers=true

[org/xfce/mousepad/preferences/window]
statusbar-visible=true
`;
