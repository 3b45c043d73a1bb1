import { connect, createServer } from 'node:net';

/** A port on loopback that leads to a Unix socket, for whoever may not enter the socket's directory. */
export async function tcpToSocket(path: string): Promise<{ port: number; close(): Promise<void> }> {
  const open = new Set<{ destroy(): void }>();
  const server = createServer((client) => {
    const socket = connect(path);
    for (const [one, other] of [[client, socket], [socket, client]] as const) {
      open.add(one);
      one.once('error', () => other.destroy()).once('close', () => (open.delete(one), other.destroy()));
    }
    client.pipe(socket).pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return {
    port: address.port,
    async close() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
