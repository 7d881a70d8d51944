import { isSame } from './bytes';

const PLACES: u32 = 4096;
const LONGEST: usize = 120;

/** Numbers for names of which there are few, such as types, told from their bytes. They are given by who knows what each means. */
@final
export class Names {
  /** Of each place: where the name lies, how long it is, and its number. */
  private places: usize = heap.alloc(PLACES * 12);
  private count: u32 = 0;

  /** The number of the name between two places; -1 when it has none. */
  find(from: usize, to: usize): i32 {
    const place = this.placeOf(from, to - from);
    return load<u32>(place) == 0 ? -1 : load<i32>(place, 8);
  }

  /** @returns whether there is room for one more; more names than that are made up by somebody who wants the memory. */
  add(from: usize, length: usize, number: i32): bool {
    if (this.count >= PLACES / 2 || length > LONGEST) return false;
    const place = this.placeOf(from, length);
    const name = heap.alloc(length);
    memory.copy(name, from, length);
    store<u32>(place, <u32>name);
    store<u32>(place, <u32>length, 4);
    store<i32>(place, number, 8);
    this.count += 1;
    return true;
  }

  private placeOf(from: usize, length: usize): usize {
    let at = <u32>length;
    for (let next: usize = 0; next < length; next += 1) at = at * 31 + load<u8>(from + next);
    let place = this.places + <usize>(at & (PLACES - 1)) * 12;
    while (load<u32>(place) != 0) {
      if (load<u32>(place, 4) == <u32>length && isSame(<usize>load<u32>(place), from, length)) break;
      at += 1;
      place = this.places + <usize>(at & (PLACES - 1)) * 12;
    }
    return place;
  }
}
