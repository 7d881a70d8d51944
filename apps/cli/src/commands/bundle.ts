import { Command } from 'commander';
import { chainOfAnything } from '../chain-of-anything.js';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { makeBundle } from '#verifier/make-bundle';
import { evidenceOf } from '../../../server/src/log/evidence.js';
import { streamsOf } from '../../../server/src/log/streams-of.js';
import { writeFolder, writeZip } from '../bundle/write-bundle.js';
import { tell, withEngine } from '../with-engine.js';
import { withSeal } from '../with-seal.js';

export const bundleCommand = (): Command =>
  new Command('bundle')
    .description('Write the evidence of a promise, a decision or a view: the whole record, for anyone to check offline')
    .argument('<id>', 'the id, as pages and the API show it; for imported things also their reference in the source')
    .requiredOption('--out <file>', 'a new file that ends with .zip, or a new folder')
    .option('--with-words', 'with the sealed words of the chain and their keys: only for whoever may read them')
    .action(async (given: string, options: { out: string; withWords?: true }) =>
      withEngine(async (engine) => {
        const chain = await chainOfAnything(engine, given);
        if (!chain) throw new Error(`There is nothing with the id ${given}.`);
        const { streams, about } = streamsOf(chain);
        await withSeal(engine, async ({ keeper, policy }, baseUrl) => {
          const wanted = { about, streams, words: options.withWords === true };
          const source = await evidenceOf(engine, keeper, { policy, url: `${baseUrl}/log` }, wanted);
          if (!source) throw new Error('There is nothing sealed yet.');
          const write = options.out.endsWith('.zip') ? writeZip : writeFolder;
          await write(options.out, makeBundle(source, nodeSha256));
          tell(`Written to ${options.out}. Check it with: throughline verify ${options.out} --key KEY`);
        });
      }),
    );
