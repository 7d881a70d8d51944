/**
 * The store's credentials in a form that logs cannot print: the client's debug output writes the options of every call,
 * and `util.inspect` and `JSON.stringify` see neither private fields nor accessors of the prototype.
 */
export class Login {
  readonly #username: string;
  readonly #password: string;

  constructor(username: string, password: string) {
    this.#username = username;
    this.#password = password;
  }

  get username(): string {
    return this.#username;
  }

  get password(): string {
    return this.#password;
  }
}
