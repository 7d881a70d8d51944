export interface MailSettings {
  /** `smtp://` (upgraded by STARTTLS) or `smtps://`. */
  readonly url: string;
  readonly from: string;
  /** Plain SMTP without encryption: only to a server on this machine. */
  readonly isHere: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Reads MAIL_URL and MAIL_FROM. Every problem is told through `wrong`; a password is never repeated. */
export const readMailSettings = (
  given: (name: string) => string | undefined,
  wrong: (problem: string) => undefined,
): MailSettings | undefined => {
  const [url, from] = [given('MAIL_URL'), given('MAIL_FROM')];
  if (url === undefined) return from === undefined ? undefined : wrong('MAIL_FROM is set, but MAIL_URL is not.');
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || new URL(url).hostname === '')
    return wrong('MAIL_URL: give smtp://… or smtps://…, like smtps://user:password@mail.council.gov.uk:465.');
  if (from === undefined || !/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(from))
    return wrong('MAIL_FROM: give the address that our e-mails come from, like views@council.gov.uk.');
  return Object.freeze({ url, from, isHere: LOOPBACK.test(new URL(url).hostname) });
};
