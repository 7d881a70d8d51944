import { readFileSync, writeSync } from 'node:fs';
import { openRecording } from '#import/testing/recording';

/** A process that imports until it is killed or done: `importer.ts <folder> <source> <mapping>`. */
const [folder = '', source = '', mapping = ''] = process.argv.slice(2);
const recording = await openRecording(folder);
writeSync(1, 'ack open 0 0\n');
const { applied } = await recording.import(source, JSON.parse(readFileSync(mapping, 'utf8')));
writeSync(1, `done ${JSON.stringify(applied)}\n`);
await recording.close();
