import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/config-token.js';
import { isAddress } from './address.js';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Milliseconds. A mail server that hangs must not hold letters for ever. */
const PATIENCE = 20_000;

/** Sends plain text by SMTP. Without a mail server configured nothing is sent, and pages say what to do instead. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly log = new Logger('Mail');
  private readonly transport: Transporter | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(@Inject(CONFIG) private readonly config: Config) {
    const { mail } = config;
    this.transport =
      mail &&
      createTransport({
        ...mail.server,
        pool: true,
        maxConnections: 2,
        connectionTimeout: PATIENCE,
        greetingTimeout: PATIENCE,
        socketTimeout: PATIENCE,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
  }

  get canSend(): boolean {
    return this.transport !== undefined;
  }

  /** Does not wait: how long a mail server takes must not show whether anybody was written to. */
  post(letter: Letter): void {
    const sent = this.send(letter);
    this.underWay.add(sent);
    void sent.finally(() => this.underWay.delete(sent));
  }

  /** What was posted and is not yet with the mail server. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.settled();
    this.transport?.close();
  }

  /** A fault is told by its code only: addresses stand in the words of mail servers. */
  private async send({ to, subject, text }: Letter): Promise<void> {
    try {
      // The library mends what is no address, and would then write to somebody else.
      if (!isAddress(to)) throw Object.assign(new Error(), { code: 'NO_ADDRESS' });
      const from = this.config.mail?.from;
      await this.transport?.sendMail({ from, to: { name: '', address: to }, subject, text, textEncoding: 'base64', headers: { 'Auto-Submitted': 'auto-generated' } }); // prettier-ignore
    } catch (error) {
      const { code } = error as { code?: unknown };
      this.log.error(`A letter was not sent: ${typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'unknown'}`);
    }
  } // prettier-ignore
}
