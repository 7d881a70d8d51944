import { type Assertion, type Node, parsePattern, PatternError } from './syntax.js';

export type Step =
  | { readonly do: 'test'; readonly test: (codePoint: number) => boolean }
  | { readonly do: 'split'; readonly first: number; readonly second: number }
  | { readonly do: 'jump'; readonly to: number }
  | { readonly do: 'save'; readonly slot: number }
  | { readonly do: 'assert'; readonly at: Assertion }
  | { readonly do: 'match' };

export interface Program {
  readonly steps: readonly Step[];
  readonly slots: number;
  /** Every match starts with this text: a quick way to skip what cannot match. */
  readonly prefix: string;
}

const MAX_STEPS = 5_000;

/** @throws PatternError */
export const compileProgram = (pattern: string): Program => {
  const { tree, groups } = parsePattern(pattern);
  const steps: Step[] = [];
  const add = (step: Step): number => {
    if (steps.length >= MAX_STEPS) throw new PatternError('The pattern is too long when its repeats are written out.');
    return steps.push(step) - 1;
  };

  const emit = (node: Node): void => {
    switch (node.kind) {
      case 'set':
        add({ do: 'test', test: node.test });
        return;
      case 'assert':
        add({ do: 'assert', at: node.at });
        return;
      case 'sequence':
        node.of.forEach(emit);
        return;
      case 'group':
        add({ do: 'save', slot: node.index * 2 });
        emit(node.of);
        add({ do: 'save', slot: node.index * 2 + 1 });
        return;
      case 'either':
        emitEither(node.of);
        return;
      case 'repeat':
        emitRepeat(node);
    }
  };

  const emitEither = (options: readonly Node[]): void => {
    const ends: number[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) return emit(option);
      const split = add({ do: 'jump', to: 0 });
      emit(option);
      ends.push(add({ do: 'jump', to: 0 }));
      steps[split] = { do: 'split', first: split + 1, second: steps.length };
    });
    for (const end of ends) steps[end] = { do: 'jump', to: steps.length };
  };

  const optional = (node: Extract<Node, { kind: 'repeat' }>, body: (split: number) => void): void => {
    const split = add({ do: 'jump', to: 0 });
    body(split);
    const [into, past] = [split + 1, steps.length];
    steps[split] = node.lazy ? { do: 'split', first: past, second: into } : { do: 'split', first: into, second: past };
  };

  const emitRepeat = (node: Extract<Node, { kind: 'repeat' }>): void => {
    for (let count = 0; count < node.min; count++) emit(node.of);
    if (node.max === Infinity) {
      optional(node, (split) => {
        emit(node.of);
        add({ do: 'jump', to: split });
      });
      return;
    }
    const nest = (left: number): void => {
      if (left === 0) return;
      optional(node, () => {
        emit(node.of);
        nest(left - 1);
      });
    };
    nest(node.max - node.min);
  };

  add({ do: 'save', slot: 0 });
  emit(tree);
  add({ do: 'save', slot: 1 });
  add({ do: 'match' });
  return { steps, slots: (groups + 1) * 2, prefix: prefixOf(tree) };
};

const prefixOf = (node: Node): string => {
  if (node.kind === 'set') return node.literal ?? '';
  if (node.kind !== 'sequence') return '';
  let prefix = '';
  for (const part of node.of) {
    if (part.kind !== 'set' || part.literal === undefined) break;
    prefix += part.literal;
  }
  return prefix;
};
