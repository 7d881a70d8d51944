/** Our own pictograms: one stroke, 48 × 48, always beside words and so always hidden from screen readers. */
export const PICTOGRAMS = {
  speech: '<path d="M6 9h36v24H22l-9 8v-8H6z"/><path d="M14 18h20M14 25h13"/>',
  tick: '<circle cx="24" cy="24" r="19"/><path d="m14 25 7 7 14-16"/>',
  cross: '<circle cx="24" cy="24" r="19"/><path d="m16 16 16 16M32 16 16 32"/>',
  clock: '<circle cx="24" cy="24" r="19"/><path d="M24 12v13l8 5"/>',
  pound: '<circle cx="24" cy="24" r="19"/><path d="M30 17c-1-4-9-5-10 1-1 5 3 8 0 15h11M16 25h11"/>',
  calendar:
    '<rect x="6" y="10" width="36" height="32" rx="3"/><path d="M6 19h36M15 5v9M33 5v9"/><path d="M14 27h4M22 27h4M30 27h4M14 34h4M22 34h4"/>',
  person: '<circle cx="24" cy="15" r="8"/><path d="M8 43c0-11 7-17 16-17s16 6 16 17"/>',
  group:
    '<circle cx="17" cy="17" r="7"/><path d="M3 41c0-10 6-15 14-15s14 5 14 15"/><path d="M29 11a7 7 0 1 1 4 13c7 0 12 5 12 15"/>',
  building: '<path d="M5 43h38M9 43V18l15-11 15 11v25M9 18h30"/><path d="M17 43V26M24 43V26M31 43V26"/>',
  lock: '<rect x="9" y="21" width="30" height="22" rx="3"/><path d="M15 21v-6a9 9 0 0 1 18 0v6M24 30v6"/>',
  pencil: '<path d="m8 40 2-10L32 8l8 8-22 22zM28 12l8 8"/>',
  star: '<path d="m24 5 6 13 14 2-10 10 2 14-12-7-12 7 2-14L4 20l14-2z"/>',
  question: '<circle cx="24" cy="24" r="19"/><path d="M18 19c0-9 13-8 12 0-1 5-6 5-6 10M24 34v1"/>',
  arrow: '<path d="M6 24h34M27 11l13 13-13 13"/>',
  house: '<path d="M5 24 24 7l19 17M10 21v21h28V21M20 42V30h8v12"/>',
  phone: '<path d="M15 5 8 9c-2 15 16 33 31 31l4-7-10-6-5 4c-5-2-9-6-11-11l4-5z"/>',
  letter: '<rect x="5" y="11" width="38" height="27" rx="3"/><path d="m6 14 18 14 18-14"/>',
  eye: '<path d="M3 24c11-17 31-17 42 0-11 17-31 17-42 0z"/><circle cx="24" cy="24" r="6"/>',
  ear: '<path d="M13 22c-1-22 25-22 24-3-1 9-9 10-9 17 0 9-12 9-12 1M19 22c0-11 12-11 12-2 0 5-6 5-6 10"/>',
  scales: '<path d="M24 6v36M14 42h20M8 13h32M8 13 3 28h11zM40 13l-6 15h11z"/>',
  book: '<path d="M24 11C18 6 10 6 4 8v31c7-2 14-1 20 3 6-4 13-5 20-3V8c-6-2-14-2-20 3zM24 11v31"/>',
  stop: '<path d="M16 5h16l11 11v16L32 43H16L5 32V16z"/><path d="M14 24h20"/>',
  warning: '<path d="M24 6 44 42H4z"/><path d="M24 19v11M24 35v1"/>',
  heart: '<path d="M24 42C2 27 5 8 16 8c5 0 7 4 8 7 1-3 3-7 8-7 11 0 14 19-8 34z"/>',
} as const;

export type Pictogram = keyof typeof PICTOGRAMS;
