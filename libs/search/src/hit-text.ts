import { END, HIT } from './index-words.js';

/** A piece of text; `hit` is what was looked for. Pieces are escaped by whoever shows them, like any other words. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

export const piecesOf = (marked: string): Piece[] =>
  marked.split(HIT).flatMap((part, at): Piece[] => {
    if (at === 0) return part === '' ? [] : [{ text: part, hit: false }];
    const [hit = '', after = ''] = part.split(END);
    return [{ text: hit, hit: true }, ...(after === '' ? [] : [{ text: after, hit: false }])];
  });
