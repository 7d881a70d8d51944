import { londonDay } from '#kernel/time';
import type { When } from './when.js';

/** The day on which something falls due: "by June" means by the end of June. */
export const lastDay = ({ at, precision }: When): string => {
  switch (precision) {
    case 'instant':
      return londonDay(at);
    case 'day':
      return at;
    case 'month': {
      const [year, month] = at.split('-').map(Number);
      return new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10);
    }
    case 'year':
      return `${at}-12-31`;
  }
};
