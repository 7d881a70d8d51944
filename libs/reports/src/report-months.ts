/** The months of a period that holds nothing but whole ones; undefined where it begins or ends within a month. */
export const monthsWithin = (from: string, to: string): { readonly from: string; readonly to: string } | undefined => {
  const next = new Date(`${to}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return from.endsWith('-01') && next.getUTCDate() === 1 ? { from: from.slice(0, 7), to: to.slice(0, 7) } : undefined;
};
