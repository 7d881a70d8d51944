/** A mail server, as `createTransport` of nodemailer takes it. */
export interface MailConfig {
  readonly from: string;
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** TLS from the first byte (`smtps:`); otherwise STARTTLS, which must then succeed. */
    readonly secure: boolean;
    readonly requireTLS: boolean;
    readonly auth?: { readonly user: string; readonly pass: string };
  };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Reads SMTP_URL and MAIL_FROM; undefined: no mail is sent. Every problem is told through `wrong`. */
export const readMailConfig = (
  given: (name: string) => string | undefined,
  wrong: (problem: string) => undefined,
): MailConfig | undefined => {
  const [url, from] = [given('SMTP_URL'), given('MAIL_FROM')];
  if (url === undefined) return from === undefined ? undefined : wrong('MAIL_FROM says who mail is from, but SMTP_URL names no mail server.');
  if (!URL.canParse(url) || !/^smtps?:\/\//.test(url))
    return wrong('SMTP_URL: give an address like smtps://name:password@mail.example:465. (The name and the password with % codes.)');
  if (from === undefined || !/^[^\s@<>",]+@[^\s@<>",]+$/.test(from))
    return wrong('MAIL_FROM: give the plain e-mail address that mail comes from, like no-reply@council.example.');
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const isHere = LOOPBACK.test(hostname);
  if (username === '' && !isHere) wrong('SMTP_URL: give the name and the password of the mail account. Only a mail server on this machine needs none.');
  return {
    from,
    server: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 465 : 587),
      secure,
      // Links that sign people in must not cross a network in clear.
      requireTLS: !isHere,
      ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    },
  };
}; // prettier-ignore
