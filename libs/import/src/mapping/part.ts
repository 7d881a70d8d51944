import { didYouMean } from '../suggestion.js';

/** Something wrong in a mapping file: where (JSON pointer), why, and what to write instead. */
export interface MappingIssue {
  readonly pointer: string;
  readonly reason: string;
}

export class MappingError extends Error {
  constructor(readonly issues: readonly MappingIssue[]) {
    super(issues.map(({ pointer, reason }) => `${pointer || 'the mapping'}: ${reason}`).join('\n'));
    this.name = 'MappingError';
  }
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ??
    'nothing'
  );
};

/** One value of the mapping file and where it stands. Every check adds an issue instead of stopping, so that all are shown at once. */
export class Part {
  constructor(
    readonly value: unknown,
    readonly pointer: string,
    readonly issues: MappingIssue[],
  ) {}

  issue(reason: string): null {
    this.issues.push({ pointer: this.pointer, reason });
    return null;
  }

  get isText(): boolean {
    return typeof this.value === 'string';
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  has(key: string): boolean {
    return this.isObject && Object.hasOwn(this.value as object, key);
  }

  /** The member, which may be absent: look with `has` first where that matters. */
  member(key: string): Part {
    const value = this.has(key) ? (this.value as Record<string, unknown>)[key] : undefined;
    return new Part(value, `${this.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, this.issues);
  }

  members(): readonly (readonly [string, Part])[] {
    return Object.keys(this.value as object).map((key) => [key, this.member(key)]);
  }

  items(): readonly Part[] {
    if (!Array.isArray(this.value)) {
      this.issue(`This must be a list ([…]), not ${kindOf(this.value)}.`);
      return [];
    }
    return this.value.map((value: unknown, index) => new Part(value, `${this.pointer}/${index}`, this.issues));
  }

  /** @returns false when it is not an object; unknown and missing keys are issues but do not stop the reading. */
  object(known: readonly string[], required: readonly string[] = []): boolean {
    if (!this.isObject) {
      this.issue(`This must be an object ({…}), not ${kindOf(this.value)}.`);
      return false;
    }
    for (const [key, part] of this.members()) {
      if (!known.includes(key))
        part.issue(`“${key}” is not known here.${didYouMean(key, known)} Known: ${known.join(', ')}.`);
    }
    for (const key of required) if (!this.has(key)) this.issue(`“${key}” is missing.`);
    return true;
  }

  text(): string | null {
    if (typeof this.value === 'string' && this.value.trim() !== '') return this.value;
    return this.issue(
      typeof this.value === 'string' ? 'This text is empty.' : `This must be a text, not ${kindOf(this.value)}.`,
    );
  }

  flag(): boolean | null {
    return typeof this.value === 'boolean'
      ? this.value
      : this.issue(`This must be true or false, not ${kindOf(this.value)}.`);
  }

  count(): number | null {
    return Number.isSafeInteger(this.value) && (this.value as number) > 0
      ? (this.value as number)
      : this.issue('This must be a whole number from 1.');
  }

  oneOf<const V extends string>(values: readonly V[]): V | null {
    const found = values.find((value) => value === this.value);
    if (found !== undefined) return found;
    const given = typeof this.value === 'string' ? `“${this.value}”` : kindOf(this.value);
    const meant = typeof this.value === 'string' ? didYouMean(this.value, values) : '';
    return this.issue(`This must be one of ${values.map((value) => `“${value}”`).join(', ')}, not ${given}.${meant}`);
  }

  texts(): readonly string[] {
    return this.items().flatMap((item) => {
      if (typeof item.value === 'string') return [item.value];
      item.issue(`This must be a text, not ${kindOf(item.value)}.`);
      return [];
    });
  }
}
