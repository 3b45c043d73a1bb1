/** Our own line icons on a 24-unit grid. They repeat what the text beside them says, so they are hidden from readers. */
const shapes = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  warning: 'M12 4.2 2.8 19.8h18.4L12 4.2ZM12 10v4.6M12 17v.3',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 7.8v.3',
  stop: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6.2 6.2l11.6 11.6',
  person: 'M12 11.5a3.8 3.8 0 1 0 0-7.5 3.8 3.8 0 0 0 0 7.5ZM4.5 20c.6-3.6 3.6-5.7 7.5-5.7s6.9 2.1 7.5 5.7',
  unplugged: 'M4 4l16 16M8.5 8.5 7 10a5 5 0 0 0 7 7l1.5-1.5M10.5 6.5 12 5a5 5 0 0 1 7 7l-1.5 1.5',
  arrow: 'M5 12h13.5M13 6.5l5.5 5.5-5.5 5.5',
  back: 'M19 12H5.5M11 6.5 5.5 12l5.5 5.5',
  chevron: 'M6.5 9.5 12 15l5.5-5.5',
  eye: 'M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12ZM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Z',
  eyeOff: 'M4 4l16 16M9.5 6.2A9.6 9.6 0 0 1 12 5.8c6 0 9.5 6.2 9.5 6.2a17 17 0 0 1-2.7 3.4M6.2 8A16.5 16.5 0 0 0 2.5 12S6 18.2 12 18.2a9.5 9.5 0 0 0 3.8-.8M10 10a2.8 2.8 0 0 0 4 4',
  monitor: 'M3.5 4.5h17v11.5h-17zM9 20h6M12 16v4',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3.2 2',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5v4h-4',
  signOut: 'M14 4.5H5.5v15H14M10 12h10.5M16.5 8l4 4-4 4',
  keyboard: 'M2.5 6h19v12h-19zM6 9.5h.3M9.5 9.5h.3M13 9.5h.3M16.5 9.5h.3M6 13h.3M17.5 13h.3M9 14.5h6',
  expand: 'M4 9.5V4h5.5M14.5 4H20v5.5M20 14.5V20h-5.5M9.5 20H4v-5.5',
  shrink: 'M9.5 4v5.5H4M20 9.5h-5.5V4M14.5 20v-5.5H20M4 14.5h5.5V20',
  pin: 'M9 3.5h6l-.7 6 3.2 3.5h-11l3.2-3.5L9 3.5ZM12 13v7.5',
  signal: 'M5 18.5v-3M12 18.5v-8M19 18.5v-13',
  end: 'M12 3.5v8M7 6.2a7.5 7.5 0 1 0 10 0',
  key: 'M14.5 13.5a4.8 4.8 0 1 0-4-4L3.5 16.5v4h4v-3h3v-3l1-1ZM15.8 8.2v.3',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  plus: 'M12 5v14M5 12h14',
  file: 'M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5',
  up: 'M12 19V5.5M6 11.5l6-6 6 6',
  down: 'M12 5v13.5M6 12.5l6 6 6-6',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5l5 5',
  move: 'M3.5 6h11v8h-11zM9.5 17.5v2.5h11v-8h-3M6.5 10h5M9.5 8l2 2-2 2',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
