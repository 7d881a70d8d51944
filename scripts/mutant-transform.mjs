// Jest's transformer for scripts/mutate.mjs: the usual one, after the one change that its options name.
import { createHash } from 'node:crypto';
import swc from '@swc/jest';

export default {
  createTransformer({ mutant, ...options }) {
    const usual = swc.createTransformer(options);
    const changed = (text, path) =>
      mutant?.file === path ? text.slice(0, mutant.start) + mutant.by + text.slice(mutant.end) : text;
    return {
      ...usual,
      canInstrument: true,
      process: (text, path, more) => usual.process(changed(text, path), path, more),
      processAsync: (text, path, more) => usual.processAsync(changed(text, path), path, more),
      // Without the configuration, which names the change: all other sources are the same for every change.
      getCacheKey: (text, path, more) =>
        createHash('sha256')
          .update(usual.getCacheKey(changed(text, path), path, { ...more, configString: '' }))
          .digest('hex')
          .slice(0, 32),
    };
  },
};
