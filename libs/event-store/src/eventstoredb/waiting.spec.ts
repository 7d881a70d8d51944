import { backoffMs, pause, Silence, within } from './waiting.js';

describe('waiting', () => {
  test('backs off in doubles up to the most, half of it by chance', () => {
    const least = [0, 1, 2, 3, 4].map((attempt) => backoffMs(attempt, 100, 1_000, 0));
    const most = [0, 1, 2, 3, 4].map((attempt) => backoffMs(attempt, 100, 1_000, 1));
    expect(least).toEqual([50, 100, 200, 400, 500]);
    expect(most).toEqual([100, 200, 400, 800, 1_000]);
    expect(backoffMs(5_000, 100, 1_000, 1)).toBe(1_000);
  });

  test('gives an answer on, or its failure, or says that none came', async () => {
    expect(await within(50, Promise.resolve('yes'))).toBe('yes');
    await expect(within(50, Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(within(5, new Promise(() => undefined))).rejects.toBeInstanceOf(Silence);
  });

  test('a failure that comes after the silence reaches nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const late = new Promise((_, reject) => (fail = reject));
    await expect(within(5, late)).rejects.toBeInstanceOf(Silence);
    fail(new Error('too late'));
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('a pause ends with its signal', async () => {
    const stop = new AbortController();
    const paused = pause(60_000, stop.signal);
    stop.abort();
    await paused;
    await pause(60_000, stop.signal);
  });
});
