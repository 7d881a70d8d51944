/** The known name that someone most likely meant, or null when none is close. */
export const closest = (name: string, known: readonly string[]): string | null => {
  const plain = simplify(name);
  const limit = Math.max(1, Math.floor(plain.length / 3));
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(plain, simplify(candidate), limit);
    if (distance <= limit && (best === null || distance < best.distance)) best = { name: candidate, distance };
  }
  return best?.name ?? null;
};

export const didYouMean = (name: string, known: readonly string[]): string => {
  const meant = closest(name, known);
  return meant === null ? '' : ` Did you mean “${meant}”?`;
};

const simplify = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      // Two letters swapped is the commonest slip of the fingers.
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length] ?? limit + 1;
};
