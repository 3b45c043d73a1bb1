import { connect } from 'node:net';

/** Whether somebody accepts TCP connections there. False also when nothing is heard within `patienceMs`, or where there is no such address. */
export function portAccepts({ host, port }: { readonly host: string; readonly port: number }, patienceMs = 2_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const tell = (accepts: boolean) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(accepts);
    };
    const patience = setTimeout(() => tell(false), patienceMs);
    socket.on('connect', () => tell(true));
    socket.on('error', () => tell(false));
  });
}
