const drawn = {
  speech:
    '<path class="tl-fill" d="M10 7h28a5 5 0 0 1 5 5v17a5 5 0 0 1-5 5H23l-10 8v-8h-3a5 5 0 0 1-5-5V12a5 5 0 0 1 5-5z"/><path d="M14 17h20M14 25h13"/>',
  tick: '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="m15 25 6.5 6.5L34 18"/>',
  cross: '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="m17 17 14 14M31 17 17 31"/>',
  clock: '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M24 13v11l8 5"/>',
  pound:
    '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M30.5 17.5c-.8-3-3-4.500-5.500-4.500-3.500 0-5.500 2.500-5.500 5.500 0 4.500 2.500 6.500.5 11-.6 1.800-1.500 3.500-3 5h14.500M16.500 25h10"/>',
  calendar:
    '<rect class="tl-fill" x="6" y="9" width="36" height="33" rx="4"/><path d="M6 19h36M15 5v8M33 5v8"/><path d="m18 30 4.500 4.500L31 26"/>',
  person:
    '<path class="tl-fill" d="M8 43c0-10 6-16 16-16s16 6 16 16z"/><circle class="tl-fill" cx="24" cy="14" r="8.500"/>',
  group:
    '<path class="tl-fill" d="M27 41h18c0-9-5-14-12-14-2 0-4 .4-5.600 1.200"/><circle class="tl-fill" cx="33" cy="16" r="6.500"/><path class="tl-fill" d="M3 42c0-10 5-15 13.500-15S30 32 30 42z"/><circle class="tl-fill" cx="16.500" cy="15" r="7.500"/>',
  building:
    '<path class="tl-fill" d="M5 18 24 6l19 12v3H5z"/><path d="M4 43h40M7 37h34M11 21v16M19.500 21v16M28.500 21v16M37 21v16"/>',
  lock: '<path d="M15 21v-6a9 9 0 0 1 18 0v6"/><rect class="tl-fill" x="8" y="21" width="32" height="22" rx="4"/><path d="M24 30v5"/>',
  pencil:
    '<path class="tl-fill" d="m7 41 3-11L32 8a4 4 0 0 1 5.600 0l2.400 2.400A4 4 0 0 1 40 16L18 38z"/><path d="m27 13 8 8M10 30l8 8"/>',
  star: '<path class="tl-fill" d="m24 5 5.700 12 13.300 1.700-9.800 9.100L35.700 41 24 34.600 12.300 41l2.500-13.200L5 18.700 18.300 17z"/>',
  question:
    '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M18 19c0-4 2.700-6.500 6-6.500s6 2.300 6 5.700c0 5.300-6 5-6 10M24 35v.1"/>',
  arrow: '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M14 24h20M26 16l8 8-8 8"/>',
  house: '<path class="tl-fill" d="M10 21v21h28V21L24 8z"/><path d="M4 25 24 7l20 18M19 42V30h10v12"/>',
  phone:
    '<path class="tl-fill" d="M16 5.500 8.500 9C7 24 22 41 38 40.500l4.500-7.500-10-6.500-5 4.500c-5-2.500-8.500-6.500-10.500-11.500l4.500-4.500z"/>',
  letter: '<rect class="tl-fill" x="5" y="10" width="38" height="29" rx="4"/><path d="m7 14 17 13 17-13"/>',
  eye: '<path class="tl-fill" d="M3 24c5-9 12-14 21-14s16 5 21 14c-5 9-12 14-21 14S8 33 3 24z"/><circle cx="24" cy="24" r="6.500"/>',
  ear: '<path class="tl-fill" d="M11 19C11 10 16.500 5 24 5s13 5.500 13 13c0 9-9 10.500-9 17.500 0 4.500-3 7.500-7 7.500-4.500 0-7-3-7-7"/><path d="M17.500 20c0-5 2.500-8.500 6.500-8.500s6.500 3 6.500 6.500c0 5-6 5-6 10.500"/>',
  scales:
    '<path d="M24 6v36M14 42h20M10 13h28"/><path class="tl-fill" d="M10 13 3.500 28c1 3.500 3.500 5 6.500 5s5.500-1.500 6.500-5zM38 13l-6.500 15c1 3.500 3.500 5 6.500 5s5.500-1.500 6.500-5z"/>',
  book: '<path class="tl-fill" d="M24 12C19 8 12 7 4 8v31c8-1 15 0 20 4 5-4 12-5 20-4V8c-8-1-15 0-20 4z"/><path d="M24 12v31M10 17c3 0 6 .5 8.500 1.500M10 25c3 0 6 .5 8.500 1.500M38 17c-3 0-6 .5-8.500 1.500M38 25c-3 0-6 .5-8.500 1.500"/>',
  stop: '<path class="tl-fill" d="M16 5h16l11 11v16L32 43H16L5 32V16z"/><path d="M14 24h20"/>',
  warning:
    '<path class="tl-fill" d="M20.500 8a4 4 0 0 1 7 0l16 29a4 4 0 0 1-3.500 6H8a4 4 0 0 1-3.500-6z"/><path d="M24 18v11M24 35.500v.1"/>',
  heart:
    '<path class="tl-fill" d="M24 42C14 34 5 26.500 5 17.500 5 11.500 9.500 7 15 7c4 0 7 2 9 5.500C26 9 29 7 33 7c5.500 0 10 4.500 10 10.500C43 26.500 34 34 24 42z"/>',
  'face-yes':
    '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M17 18v2M31 18v2M15 28c4.500 8 13.500 8 18 0"/>',
  'face-a-bit': '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M17 18v2M31 18v2M16 31h16"/>',
  'face-no': '<circle class="tl-fill" cx="24" cy="24" r="19"/><path d="M17 18v2M31 18v2M15 34c4.500-8 13.500-8 18 0"/>',
} as const;

export type Pictogram = keyof typeof drawn;

/** Our own pictograms: one stroke, 48 × 48, always beside words and so always hidden from screen readers. */
export const PICTOGRAMS: Readonly<Record<Pictogram, string>> = drawn;
