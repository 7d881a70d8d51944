import { InTurn } from './in-turn.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('work in turn', () => {
  it('keeps the order for one thing, and does other things meanwhile', async () => {
    const [turns, done] = [new InTurn(8), [] as string[]];
    await turns.run(['a'], async () => void (await pause(20), done.push('a1')));
    await turns.run(['b', 'a'], async () => void (await pause(5), done.push('a2')));
    await turns.run(['c'], async () => void done.push('c'));
    await turns.run(['b'], async () => void done.push('b'));
    await turns.settle();
    expect(done).toEqual(['c', 'a1', 'a2', 'b']);
  });

  it('never has more in hand than it may', async () => {
    const turns = new InTurn(3);
    let [now, most] = [0, 0];
    for (let n = 0; n < 20; n++)
      await turns.run([`${n}`], async () => {
        most = Math.max(most, ++now);
        await pause(1);
        now--;
      });
    await turns.settle();
    expect([now, most]).toEqual([0, 3]);
  });

  it('tells of a failure, and lets nothing of the same thing follow it', async () => {
    const [turns, done] = [new InTurn(8), [] as string[]];
    await turns.run(['a'], () => Promise.reject(new Error('store away')));
    await turns.run(['a'], async () => void done.push('after'));
    await expect(turns.settle()).rejects.toThrow('store away');
    expect(done).toEqual([]);
  });
});
