/** One device with its cookies, as a browser keeps them. */
export class Device {
  readonly jar = new Map<string, string>();
  constructor(
    private readonly url: string,
    cookies: readonly string[] = [],
  ) {
    this.keep(cookies);
  }
  async get(path: string): Promise<{ status: number; html: string; to: string }> {
    const answer = await fetch(this.url + path, { redirect: 'manual', headers: this.headers() });
    this.keep(answer.headers.getSetCookie());
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') ?? '' };
  }
  async send(path: string, fields: Record<string, string> = {}): Promise<{ status: number; to: string; html: string }> {
    const answer = await fetch(this.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...this.headers(), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    });
    this.keep(answer.headers.getSetCookie());
    return { status: answer.status, to: answer.headers.get('location') ?? '', html: await answer.text() };
  }
  private headers(): Record<string, string> {
    return { cookie: [...this.jar].map((each) => each.join('=')).join('; ') };
  }
  private keep(cookies: readonly string[]): void {
    for (const each of cookies) {
      const [name = '', value = ''] = (each.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }
}
