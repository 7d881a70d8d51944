import { verifyBundle } from '#verifier/verify-bundle';
import { drillCommand } from '../../apps/cli/src/commands/drill.js';

/** The drill with a verifier that believes every entry to be whole and every word to be in its place. */
const blind: typeof verifyBundle = async (...what) => {
  const verdict = await verifyBundle(...what);
  return { ...verdict, levels: verdict.levels.map((level) => ({ ...level, state: 'good', findings: [], more: 0 })) };
};

await drillCommand(blind).parseAsync(process.argv.slice(2), { from: 'user' });
