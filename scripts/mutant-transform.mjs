// Jest's transformer for scripts/mutate.mjs: the usual one, after the one change that MUTANT names.
import { createHash } from 'node:crypto';
import swc from '@swc/jest';

const mutant = process.env.MUTANT ? JSON.parse(process.env.MUTANT) : undefined;

export default {
  createTransformer(options) {
    const usual = swc.createTransformer(options);
    const changed = (text, path) =>
      mutant?.file === path ? text.slice(0, mutant.start) + mutant.by + text.slice(mutant.end) : text;
    return {
      ...usual,
      canInstrument: true,
      process: (text, path, more) => usual.process(changed(text, path), path, more),
      processAsync: (text, path, more) => usual.processAsync(changed(text, path), path, more),
      getCacheKey: (text, path, more) =>
        createHash('sha256')
          .update(usual.getCacheKey(text, path, more))
          .update(changed(text, path))
          .digest('hex')
          .slice(0, 32),
    };
  },
};
