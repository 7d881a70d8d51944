/** TEST CODE. A wire between client and server that can go dead: no error, no end, just nothing any more. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Relay {
  private readonly pairs = new Set<[Socket, Socket]>();
  private server: Server | undefined;

  async start(toPort: number): Promise<number> {
    const server = createServer((inner) => {
      const outer = connect(toPort, '127.0.0.1');
      const pair: [Socket, Socket] = [inner, outer];
      this.pairs.add(pair);
      for (const socket of pair) socket.on('error', () => undefined).on('close', () => this.pairs.delete(pair));
      inner.pipe(outer).pipe(inner);
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as { port: number }).port;
  }

  /** Every connection there is goes dead; new ones work. */
  goDead(): void {
    for (const [inner, outer] of this.pairs) {
      inner.unpipe(outer);
      outer.unpipe(inner);
      inner.resume();
      outer.resume();
    }
  }

  stop(): void {
    this.server?.close();
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }
}
