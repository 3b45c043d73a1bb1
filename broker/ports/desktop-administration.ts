import type { Page, Protocol, RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { Paging } from './people.ts';

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

/** Desktops, pools and what still runs on them, of the person's organisation. Throws `forbidden`; `not-found` for what lies outside. */
export type DesktopAdministration = {
  list(input: { person: SignedIn; search?: string; status?: 'active' | 'disabled'; poolId?: string; residual?: 'yes' } & Paging): Promise<Page<DesktopListed>>;
  get(input: { person: SignedIn; desktopId: string }): Promise<DesktopDetails>;
  /** Throws `conflict` where the name or the address is another desktop's, `request-invalid` with fields. */
  add(input: By & NewDesktopInput): Promise<DesktopDetails>;
  /** Ends the sessions on it. */
  disable(input: By & { desktopId: string }): Promise<DesktopDetails>;
  enable(input: By & { desktopId: string }): Promise<DesktopDetails>;
  assign(input: By & { desktopId: string; personId: string }): Promise<DesktopDetails>;
  unassign(input: By & { desktopId: string; personId: string }): Promise<DesktopDetails>;
  /** Into a pool, or out of any (null). Refused `conflict` while somebody's session is open or lives on there. */
  setPool(input: By & { desktopId: string; poolId: string | null }): Promise<DesktopDetails>;
  /** Says that the OS session was ended at the desktop, so that the next person may enter. The administrator answers for it, with a reason. */
  endResidual(input: By & { desktopId: string; residualId: string; reason: string }): Promise<DesktopDetails>;
  /** Tries its address now. */
  probe(input: { person: SignedIn; desktopId: string }): Promise<{ readonly reachable: boolean; readonly checkedAt: Date }>;
  pools(input: { person: SignedIn }): Promise<readonly PoolListed[]>;
  addPool(input: By & NewPool): Promise<PoolListed>;
  changePool(input: By & { poolId: string } & Partial<NewPool> & { status?: 'active' | 'disabled' }): Promise<PoolListed>;
  /** Exactly one of the two. */
  assignPool(input: By & { poolId: string; personId?: string; unitId?: string }): Promise<PoolListed>;
  unassignPool(input: By & { poolId: string; personId?: string; unitId?: string }): Promise<PoolListed>;
};

export type DesktopListed = {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly status: 'active' | 'disabled';
  readonly kind: 'exclusive' | 'multi-session';
  readonly sessions: number;
  readonly weight: number;
  readonly credentials: 'stored' | 'ask';
  readonly pool: { readonly id: string; readonly name: string } | null;
  /** Usernames, the first ten. */
  readonly assignedTo: readonly string[];
  readonly assigned: number;
  readonly openSessions: number;
  readonly residualSessions: number;
};

export type DesktopDetails = DesktopListed & {
  readonly people: readonly { readonly id: string; readonly username: string; readonly displayName: string }[];
  readonly residual: readonly { readonly id: string; readonly username: string; readonly displayName: string; readonly beganAt: Date; readonly open: boolean }[];
};

export type NewDesktopInput = {
  readonly name: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly weight?: number;
  readonly kind?: 'exclusive' | 'multi-session';
  readonly sessions?: number;
  readonly poolId?: string;
  /** Stored sealed; `ask`: everybody types their own. */
  readonly credentials: 'ask' | { readonly username?: string; readonly password: string; readonly domain?: string };
};

export type NewPool = { readonly name: string; readonly logIn: 'personal' | 'shared'; readonly cleanUp: 'none' | 'proved'; readonly seats: number | null };
export type PoolListed = NewPool & {
  readonly id: string;
  readonly status: 'active' | 'disabled';
  readonly desktops: number;
  readonly seatsTaken: number;
  /** False: admission lets nobody in, since neither personal log-ins nor a proved clean-up keep one person's screen from the next. */
  readonly suitable: boolean;
  readonly people: readonly { readonly id: string; readonly username: string }[];
  readonly units: readonly { readonly id: string; readonly name: string }[];
};
