import 'reflect-metadata';
import { explain } from './explain.js';
import { throughline } from './program.js';

// What is written here is for nobody else on this machine, whatever the folder and the shell say.
process.umask(0o077);

// `… | head` closes the pipe when it has seen enough: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await throughline().parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
