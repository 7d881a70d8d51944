import 'reflect-metadata';
import { Engine } from '#engine/engine';
import { holidaysKnownTo, holidaysRunOut } from '#kernel/working-days';
import { readConfig } from './config.js';
import { createApp } from './configure-app.js';
import { signerOf } from './log/open-log.js';

// What is written here is for nobody else on this machine, whatever the folder and the shell say.
process.umask(0o077);

try {
  const config = readConfig(process.env);
  const engine = Engine.open(config);
  engine.start();
  const app = await createApp(engine, config, signerOf(config));
  await app.listen(config.port, config.host);
  // After a failed fsync nobody knows what the disk holds; the log is read again by a fresh process.
  setInterval(() => void stopIfBroken(engine, app), 1_000).unref();
  if (engine.vault.unlisted > 0)
    console.warn(
      `${config.erasures} does not know all erasures that were carried out: the list was lost, or an older one was put in its place. Put the newest one there (one lies beside the copies of the record), or an older copy of the keys would bring people back.`,
    );
  if (holidaysRunOut(engine.clock.now().today))
    console.warn(
      `Bank holidays are known up to ${holidaysKnownTo()} only. Save https://www.gov.uk/bank-holidays.json and name it in BANK_HOLIDAYS_FILE, or deadlines of later days will be wrong.`,
    );
  console.log(`Throughline is at ${await app.getUrl()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function stopIfBroken(engine: Engine, app: { close(): Promise<void> }): Promise<void> {
  if (!(await engine.isBroken())) return;
  console.error('The disk failed while writing. What was confirmed is safe. Throughline stops; start it again.');
  setTimeout(() => process.exit(74), 2_000).unref();
  await app.close().catch(() => undefined);
  process.exit(74);
}
