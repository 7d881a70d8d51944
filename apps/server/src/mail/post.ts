import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';

/** One plain letter. Nothing personal stands in the subject: it is shown on locked screens. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** How letters leave the house. Tests put their own in its place. */
export abstract class Post {
  /** False: no e-mail is set up, and pages say so. */
  abstract readonly isOpen: boolean;
  /** Hands a letter over and returns at once: how long a mail server takes must not tell whether there was a letter. */
  abstract send(letter: Letter): void;
}

/** SMTP. Letters wait in memory only: after a crash somebody asks again, and no address is left lying in a file. */
@Injectable()
export class SmtpPost extends Post implements OnApplicationShutdown {
  private readonly log = new Logger('Mail');
  private readonly transport: Transporter | undefined;
  private readonly from: string;

  constructor(@Inject(CONFIG) { mail }: Config) {
    super();
    this.from = mail?.from ?? '';
    this.transport =
      mail &&
      createTransport({
        url: mail.url,
        pool: true,
        maxConnections: 2,
        // STARTTLS or nothing, but for a mail server on this very machine.
        requireTLS: !mail.isHere,
        disableFileAccess: true,
        disableUrlAccess: true,
      } as never);
  }

  get isOpen(): boolean {
    return this.transport !== undefined;
  }

  send({ to, subject, text }: Letter): void {
    if (!this.transport) return;
    this.transport
      .sendMail({ from: this.from, to: { name: '', address: to }, subject, text })
      .catch((error: unknown) => {
        // The code only: what the server answered may quote the address.
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        this.log.warn(`A letter could not be sent: ${code ?? 'unknown'} ${responseCode ?? ''}`.trim());
      });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
