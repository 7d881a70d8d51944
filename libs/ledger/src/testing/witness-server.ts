import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Witness } from '../witness.js';

/** A witness behind an address, with a switch to make it fail. */
export const witnessServer = async (witness: () => Witness) => {
  const faults = { silent: false, status: 0 };
  const server = createServer((request, response) => {
    void (async () => {
      if (faults.silent) return;
      if (faults.status > 0) return void response.writeHead(faults.status).end();
      const path = (request.url ?? '').slice(1);
      if (request.method === 'GET') {
        const note = witness().latest(path);
        return void response.writeHead(note === undefined ? 404 : 200).end(note);
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const { status, contentType, body } = await witness().add(Buffer.concat(chunks));
      response.writeHead(status, { 'content-type': contentType }).end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
