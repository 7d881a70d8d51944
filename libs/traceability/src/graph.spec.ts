import type { Chain } from './chain.types.js';
import { graphOf } from './graph.js';
import { Story, usual } from './testing/story.js';

const names = (chain: Chain | undefined) => ({
  views: chain?.contributions.map(({ id }) => id),
  talks: chain?.discussions.map(({ id }) => id),
  decisions: chain?.decisions.map(({ id }) => id),
  promises: chain?.serviceChanges.map(({ id }) => id),
});

/** "It is a graph, not a line." */
describe('a chain', () => {
  it('from a view leads to what was decided and promised, not to the views of others', () =>
    expect(names(usual().chain('v1'))).toEqual({ views: ['v1'], talks: ['t1'], decisions: ['d1'], promises: ['p1'] }));

  it('from a view does not lead to a decision of the same talk that answers others only', () => {
    const story = usual().decide('d2', 'no', { discussion: 't1' });
    // Many sources say no more than that both were at one talk.
    expect(names(story.chain('v1')).decisions).toEqual(['d1', 'd2']);
    expect(names(story.link('d2', 'v2').promise('p2', 'd2').chain('v1'))).toMatchObject({
      decisions: ['d1'],
      promises: ['p1'],
    });
    expect(names(story.link('d2', 'v1').chain('v1')).decisions).toEqual(['d1', 'd2']);
  });

  it('from a decision leads back to every view and forward to every promise', () =>
    expect(names(usual().promise('p2', 'd1').chain('d1'))).toEqual({
      views: ['v1', 'v2'],
      talks: ['t1'],
      decisions: ['d1'],
      promises: ['p1', 'p2'],
    }));

  it('from a promise leads back to the views behind it', () =>
    expect(names(usual().promise('p2', 'd1').chain('p1'))).toEqual({
      views: ['v1', 'v2'],
      talks: ['t1'],
      decisions: ['d1'],
      promises: ['p1'],
    }));

  it('from a discussion leads both ways', () =>
    expect(names(usual().chain('t1'))).toEqual({
      views: ['v1', 'v2'],
      talks: ['t1'],
      decisions: ['d1'],
      promises: ['p1'],
    }));

  it('one view is discussed in three meetings and answered by two decisions', () => {
    const story = usual().talk('t2', ['v1']).talk('t3', ['v1']).decide('d2', 'no', { discussion: 't3' }).link('d2', 'v1', 'heard');
    expect(names(story.chain('v1'))).toMatchObject({ talks: ['t1', 't2', 't3'], decisions: ['d1', 'd2'] });
  }); // prettier-ignore

  it('a decision that was superseded names its successor and leaves its story to it', () => {
    const story = usual().decide('d2', 'no').tell('d1', 'DecisionSuperseded', { by: 'd2' });
    const chain = story.chain('d1');
    expect(chain?.decisions).toMatchObject([{ id: 'd1', supersededBy: 'd2' }]);
    expect(chain?.links.filter(({ kind }) => kind === 'superseded')).toMatchObject([{ from: 'd1', to: 'd2' }]);
    expect(names(story.chain('d2')).decisions).toEqual(['d2']);
  });

  it('a view that adds to another is named, and tells its own story', () => {
    const chain = usual().view('v3', { addsTo: 'v1' }).chain('v3');
    expect(names(chain)).toEqual({ views: ['v3'], talks: [], decisions: [], promises: [] });
    expect(chain?.links).toMatchObject([{ from: 'v3', to: 'v1', kind: 'addsTo' }]);
  });

  it('a link to what is not there leads nowhere', () =>
    expect(names(new Story().view('v1').link('d9', 'v1').chain('v1'))).toMatchObject({ views: ['v1'], decisions: [] }));

  it('of nothing is nothing', () => expect(usual().chain('v9')).toBeUndefined());

  it('that turns in a circle ends', () => {
    const story = usual().tell('d1', 'DecisionSuperseded', { by: 'd1' }).promise('p2', 'p2');
    expect(names(story.chain('p2')).promises).toEqual(['p2']);
    expect(names(story.chain('d1')).decisions).toEqual(['d1']);
  });

  it('is bounded: 200 neighbours of one thing, 400 things, and says that there is more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `v${index + 1}`);
    const told = (count: number) => {
      const story = new Story().decide('d1', 'yes');
      for (const view of many(count)) story.view(view).link('d1', view);
      return story.chain('d1');
    };
    expect([told(200)?.contributions.length, told(200)?.more]).toEqual([200, false]);
    expect([told(201)?.contributions.length, told(201)?.more]).toEqual([200, true]);
    const wide = new Story().decide('d1', 'yes', { discussion: 't1' }).promise('p1', 'd1');
    for (const talk of many(5).map((each) => each.replace('v', 't'))) {
      const views = many(150).map((view) => `${view}-${talk}`);
      for (const view of views) wide.view(view);
      wide.tell(talk, 'DiscussionHeld', { authority: 'essex', title: talk, contributions: views });
      wide.tell('d1', 'DecisionLinkedToContribution', { contribution: talk, effect: 'heard' });
    }
    const graph = graphOf(wide.rows(), 'd1');
    expect([graph?.nodes.length, graph?.more]).toEqual([400, true]);
  });

  it('with more than a page of links still tells an old day as it was that day', () => {
    const story = new Story().decide('d1', 'yes', {}, { at: '2026-11-02T09:00:00.000Z' });
    const late = { at: '2026-11-20T09:00:00.000Z' };
    for (let index = 1; index <= 201; index++) story.view(`v${index}`, {}, late).link('d1', `v${index}`, 'heard', late);
    expect(story.chain('d1', { asOf: '2026-11-10' })).toMatchObject({ more: false, contributions: [] });
    expect(story.chain('d1', { asOf: '2026-11-20' })).toMatchObject({ more: true });
  });

  it('with very many steps says that there is more', () => {
    const story = new Story().promise('p1', undefined);
    for (let index = 0; index < 10_001; index++) story.tell('p1', 'EffectObserved', { what: sealedOnce, forWhom: 'all', source: 'data' });
    expect(story.chain('p1')).toMatchObject({ more: true });
  }); // prettier-ignore
});

const sealedOnce = { sealed: 'x' };
