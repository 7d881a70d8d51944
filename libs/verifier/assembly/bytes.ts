/** Whether the same bytes stand in two places. */
export function isSame(a: usize, b: usize, length: usize): bool {
  if (length < 8) {
    for (let at: usize = 0; at < length; at += 1) if (load<u8>(a + at) != load<u8>(b + at)) return false;
    return true;
  }
  for (let at: usize = 0; at + 8 <= length; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false;
  return load<u64>(a + length - 8) == load<u64>(b + length - 8);
}
