import 'reflect-metadata';
import { explain } from './explain.js';
import { throughline } from './program.js';

try {
  await throughline().parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
