import type { NewDesktopInput } from '../../../../gateway/http/schemas/index.ts';

/** What stands in the fields of a new desktop, as it was typed. */
export type DesktopForm = {
  readonly name: string;
  readonly protocol: 'rdp' | 'vnc';
  readonly host: string;
  readonly port: string;
  readonly kind: 'exclusive' | 'multi-session';
  readonly sessions: string;
  readonly weight: string;
  readonly poolId: string;
  readonly credentials: 'ask' | 'stored';
  readonly username: string;
  readonly password: string;
  readonly domain: string;
};

export const usualPort = { rdp: '3389', vnc: '5900' } as const;
export const emptyDesktop: DesktopForm = {
  name: '',
  protocol: 'rdp',
  host: '',
  port: usualPort.rdp,
  kind: 'exclusive',
  sessions: '10',
  weight: '1',
  poolId: '',
  credentials: 'ask',
  username: '',
  password: '',
  domain: '',
};

/** What is to be sent, or the fields that are not right yet. Numbers may be typed in full width. VNC knows no domain, and often no user. */
export function newDesktop(form: DesktopForm): { readonly desktop: NewDesktopInput | undefined; readonly wrong: readonly (keyof DesktopForm)[] } {
  const { protocol, kind, poolId, password } = form;
  const name = form.name.trim();
  const host = form.host.normalize('NFKC').trim();
  const port = whole(form.port, 65_535);
  const sessions = kind === 'exclusive' ? 1 : whole(form.sessions, 500);
  const weight = whole(form.weight, 100);
  const stored = form.credentials === 'stored';
  const username = form.username.trim();
  const domain = form.domain.trim();
  const wrong = (
    [
      [name === '', 'name'],
      [host === '', 'host'],
      [port === undefined, 'port'],
      [sessions === undefined, 'sessions'],
      [weight === undefined, 'weight'],
      [stored && protocol === 'rdp' && username === '', 'username'],
      [stored && password === '', 'password'],
    ] as const
  ).flatMap(([isWrong, field]) => (isWrong ? [field] : []));
  if (wrong.length > 0 || port === undefined || sessions === undefined || weight === undefined) return { desktop: undefined, wrong };
  const credentials = stored ? { ...(username !== '' && { username }), password, ...(protocol === 'rdp' && domain !== '' && { domain }) } : 'ask';
  return { desktop: { name, protocol, host, port, weight, kind, ...(kind === 'multi-session' && { sessions }), ...(poolId !== '' && { poolId }), credentials }, wrong };
}

/** A whole number from 1. */
function whole(typed: string, most: number): number | undefined {
  const text = typed.normalize('NFKC').trim();
  const number = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : undefined;
}
