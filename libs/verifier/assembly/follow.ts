import { cell, COMMAND, FLAGS, ID, PLACE_SHIFT, ROW, rows, setCell, STREAM } from './layout';
import { isIn, prepare, workOut } from './sha1';

/** No command wrote more events than fit into what is left of the flags; beyond that, and for every wrong guess, ids are worked out one by one. */
const MOST_PLACES: u32 = 1 << 20;

function areSame(a: usize, b: usize, which: i32): bool {
  const at = (<usize>which) << 2;
  return !v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)));
}

const inLanes: StaticArray<usize> = new StaticArray<usize>(4);
const guesses: StaticArray<u32> = new StaticArray<u32>(4);

/**
 * Notes of each entry whether its id is that of such an event of its command, counted from the first of its command in
 * this file. Whether the command wrote that many before is known only to who knows all files.
 */
export function noteIds(count: i32): void {
  let before: usize = 0;
  let guess: u32 = 0;
  let filled = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows + <usize>(at * ROW * 4);
    if (cell(row, FLAGS) == 0) continue;
    guess = before != 0 && areSame(before, row, STREAM) && areSame(before, row, COMMAND) ? guess + 1 : 0;
    before = row;
    if (guess + 1 >= MOST_PLACES) continue;
    prepare(filled, row + (COMMAND << 2), guess);
    inLanes[filled] = row;
    guesses[filled] = guess;
    filled += 1;
    if (filled == 4) filled = note(filled);
  }
  note(filled);
}

function note(filled: i32): i32 {
  if (filled > 0) workOut();
  for (let lane = 0; lane < filled; lane += 1) {
    const row = inLanes[lane];
    if (isIn(lane, row + (ID << 2)))
      setCell(row, FLAGS, cell(row, FLAGS) | (<i32>((guesses[lane] + 1) << PLACE_SHIFT)));
  }
  return 0;
}

/** Whether the id of an entry was found to be that of event number `place` of its command. */
export function isNoted(row: usize, place: u32): bool {
  return (<u32>cell(row, FLAGS)) >>> PLACE_SHIFT == place + 1;
}
