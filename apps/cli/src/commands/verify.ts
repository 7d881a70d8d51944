import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { VerificationError } from '#transparency-log/verification-error';
import { badBundle } from '#verifier/bundle-files';
import { readTrust } from '#verifier/trust';
import { isWrong, type Verdict, verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { isProofFile, verifyProof } from '#verifier/verify-proof';
import { drill, type DrillFigures, drillLines } from '../bundle/drill.js';
import { hashThreadFor } from '../bundle/hash-thread.js';
import { openBundle } from '../bundle/open-bundle.js';
import { readConfig } from '../../../server/src/config.js';
import { isRecordWrong, judgeRecord, recordLines } from '../record/judge-record.js';
import { onRecord } from '../record/on-record.js';
import { print, progressLine, tell } from '../with-engine.js';

interface Options {
  readonly key?: string[];
  readonly policy?: string;
  readonly earlier?: string;
  readonly drill?: string;
  readonly quick?: true;
  readonly entry?: string;
  readonly json?: true;
}

const WRONG = 1;
/** Fixed, so that a drill can be repeated. */
const SEED = 6962;
const UNREADABLE = 2;
const LARGEST_PROOF = 2_000_000;

const readIf = (path: string | undefined): Promise<Uint8Array | undefined> =>
  path === undefined ? Promise.resolve(undefined) : readFile(path);

/** A receipt, or any other single proof; undefined for everything else. */
const proofAt = async (path: string): Promise<Uint8Array | undefined> => {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > LARGEST_PROOF) return undefined;
  const bytes = await readFile(path);
  return isProofFile(bytes) ? bytes : undefined;
};

const judge = async (path: string, options: Options): Promise<{ verdict: Verdict; drilled?: DrillFigures }> => {
  const [policy, earlier] = [await readIf(options.policy), await readIf(options.earlier)];
  const trust = readTrust({ keys: options.key, policy, earlier }, nodeSha256);
  const proof = await proofAt(path);
  if (proof) {
    if (options.drill ?? options.quick ?? options.earlier) throw badBundle('this is a single proof: it has no parts to spoil or to leave out, and nothing to hold against a checkpoint'); // prettier-ignore
    return { verdict: await verifyProof(proof, await readIf(options.entry), trust) };
  }
  if (options.entry !== undefined) throw badBundle('an entry is only asked for with a single proof');
  const bundle = await openBundle(path);
  const progress = progressLine();
  const beside = hashThreadFor(bundle.files);
  try {
    const onProgress = (entries: number): void => progress(`${entries} entries read …`);
    const verdict = await verifyBundle(bundle.files, trust, {
      onProgress,
      quick: options.quick === true,
      ...(beside && { hashEntries: beside.hashEntries }),
    });
    // In a bundle that is wrong already, every tampering would seem to be found.
    if (options.drill === undefined || isWrong(verdict)) return { verdict };
    const given = { count: Number(options.drill), seed: SEED };
    return { verdict, drilled: await drill(bundle, trust, given, (done) => progress(`${done} tamperings tried …`)) };
  } finally {
    if (process.stderr.isTTY) progress('');
    await beside?.close();
    await bundle.close();
  }
};

/** Without a bundle: the record of this machine. Whatever keeps it from being read is no verdict. */
const judgeHere = async ({ key = [], policy, earlier, drill: count, quick, entry, json }: Options): Promise<void> => {
  if (policy ?? earlier ?? count ?? quick ?? entry ?? key[1]) throw badBundle('say which bundle, like evidence.zip; without one, only a key can be given'); // prettier-ignore
  const pinned = key[0] === undefined ? undefined : parseVerifierKey(key[0].trim(), nodeSha256);
  requireRecord();
  const verdict = await onRecord((record) => judgeRecord(record, pinned));
  if (json) print(JSON.stringify({ sound: !isRecordWrong(verdict), ...verdict }));
  else for (const line of recordLines(verdict)) print(line);
  if (isRecordWrong(verdict)) process.exitCode = WRONG;
};

/** Looking for a record must not make one. */
const requireRecord = (): void => {
  const { dataDir, eventStoreUrl } = readConfig(process.env);
  if (eventStoreUrl === '' && !existsSync(join(dataDir, 'events.db')))
    throw badBundle(`there is no record in ${dataDir} (DATA_DIR), and no bundle was named`);
};

/** A bundle needs no server, no data and no network: only the bundle, and what the officer trusts. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description(
      'Judge an evidence bundle, or a single proof such as a receipt, offline; or, without one, the record of this machine. Exit code: 0 nothing is wrong, 1 something is, 2 it cannot be read',
    )
    .argument('[bundle]', 'the ZIP file or the folder, or a tlog-proof file; left out: the record in DATA_DIR')
    .option('--key <key...>', 'the key of the record, from somewhere else than the bundle: NAME+ID+BASE64')
    .option('--policy <file>', 'whose witnesses you trust, and how many it takes (tlog-policy)')
    .option('--earlier <file>', 'a checkpoint of this record that you kept earlier')
    .option(
      '--drill <count>',
      'spoil copies of a good bundle so many times, and tell whether each is found and located',
    )
    .option('--entry <file>', 'the entry that a single proof is for, where the file does not hold it itself')
    .option('--quick', 'only who signed what, and whether these are those entries: no rules, words or papers')
    .option('--json', 'print the verdict as one JSON object')
    .action(async (path: string | undefined, options: Options) => {
      try {
        if (path === undefined) return await judgeHere(options);
        if (options.drill !== undefined && !/^[1-9][0-9]{0,6}$/.test(options.drill))
          throw badBundle(`${options.drill} is not a number of tamperings`);
        const { verdict, drilled } = await judge(path, options);
        if (options.json) print(JSON.stringify(drilled ?? verdict));
        else for (const line of drilled ? drillLines(drilled) : verdictLines(verdict)) print(line);
        if (isWrong(verdict) || (drilled?.missed.length ?? 0) > 0) process.exitCode = WRONG;
      } catch (error) {
        const isAboutInput = error instanceof VerificationError || (error instanceof Error && 'code' in error);
        if (!isAboutInput) throw error;
        tell(`This cannot be read: ${error.message}.`);
        process.exitCode = UNREADABLE;
      }
    });
