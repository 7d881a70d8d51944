import { refusalOfAsync } from '#transparency-log/testing/refusal';

/** What some code says of one vector, in a form that can be compared between machines. */
export interface Row {
  readonly vector: string;
  readonly verdict: string;
  /** Whether that is what the vector wants. */
  readonly isRight: boolean;
}

export const is = (vector: string, verdict: string, wanted: string): Row => ({
  vector,
  verdict,
  isRight: verdict === wanted,
});

export const refused = (vector: string, verdict: string): Row => ({
  vector,
  verdict,
  isRight: verdict !== 'accepted',
});

/** What is read, as text; or the code of the refusal. Any other error goes through: it is a defect. */
export const saidOf = async (read: () => unknown): Promise<string> => {
  let said: unknown;
  const refusal = await refusalOfAsync(async () => (said = await read()));
  if (refusal !== 'accepted') return refusal;
  return typeof said === 'string' ? said : JSON.stringify(said, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)); // prettier-ignore
};
