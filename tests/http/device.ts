import { formsIn } from './html-forms.js';

export interface Got {
  readonly status: number;
  readonly to: string;
  readonly html: string;
}

/** One device with its cookies, as a browser keeps them; forms go back with what their page put into them. */
export class Device {
  readonly jar = new Map<string, string>();
  constructor(
    private readonly url: string,
    cookies: readonly string[] = [],
  ) {
    this.keep(cookies);
  }

  get(path: string): Promise<Got> {
    return this.ask(path, {});
  }

  /** `headers`: what a browser would not say, or not so. */
  async send(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Got> {
    return this.ask(path, { method: 'POST', body: new URLSearchParams(fields) }, { origin: this.url, ...headers });
  }

  /** Opens the page and sends its form for `action` with these answers. */
  async fillIn(page: string, action: string, answers: Readonly<Record<string, string>>): Promise<Got> {
    const form = formsIn((await this.get(page)).html).find((each) => each.action === action);
    const hidden = (form?.fields ?? []).filter(({ kind }) => kind === 'hidden').map(({ name, value }) => [name, value]);
    return this.send(action, { ...(Object.fromEntries(hidden) as Record<string, string>), ...answers });
  }

  private async ask(path: string, init: RequestInit, headers: Readonly<Record<string, string>> = {}): Promise<Got> {
    const cookie = [...this.jar].map((each) => each.join('=')).join('; ');
    const answer = await fetch(this.url + path, { redirect: 'manual', ...init, headers: { cookie, ...headers } });
    this.keep(answer.headers.getSetCookie());
    return { status: answer.status, to: answer.headers.get('location') ?? '', html: await answer.text() };
  }

  private keep(cookies: readonly string[]): void {
    for (const each of cookies) {
      const [name = '', value = ''] = (each.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }
}
