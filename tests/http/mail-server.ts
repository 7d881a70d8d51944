import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: readonly string[];
  readonly head: string;
  readonly text: string;
}

/** A real mail server on loopback that keeps what it is given. */
export const startMailServer = async () => {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const [head = '', ...body] = Buffer.concat(parts).toString('utf8').split('\r\n\r\n');
        const text = Buffer.from(body.join(''), 'base64').toString('utf8');
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), head, text });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    received,
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'no-reply@throughline.example' },
    close: () => new Promise<void>((closed) => server.close(closed)),
  };
};

export const linkIn = ({ text }: Received): string => /\/my-views\/open\/[\w-]{43}/.exec(text)?.[0] ?? '';
