import { day, decision, promise, view } from '../../http/bodies.js';
import type { Named } from './api-bodies.js';

/** The writes that all else hangs on, each with words of its own: path, and the body once the things before it are there. */
export const CORE: readonly (readonly [path: string, body: (words: (field: string) => string, at: Named) => object])[] = [
  ['/teams', (words, at) => ({ authority: at['authority'], name: words('name'), stage: 'plan', remit: words('remit') })],
  ['/participants', (words, at) => ({ authority: at['authority'], name: words('name'), contact: words('contact'), attribution: 'group' })],
  ['/teams/:team/members', (_, at) => ({ participant: at['participant'], capacity: 'uses-services' })],
  ['/teams/:team/chair', (_, at) => ({ participant: at['participant'], post: 'co-chair' })],
  ['/meetings', (words, at) => ({ authority: at['authority'], team: at['team'], title: words('title'), startsAt: new Date(Date.now() - 3_600_000).toISOString() })],
  ['/contributions', (words, at) => ({ ...view(words('words')), authority: at['authority'], team: at['team'], participant: at['participant'], voice: 'helped', helper: words('helper') })],
  ['/contributions', (words, at) => ({ ...view(words('hidden words')), authority: at['authority'], attribution: 'hidden' })],
  ['/contributions', (words, at) => ({ ...view(words('unpublished words')), authority: at['authority'], published: false })],
  ['/contributions', (words, at) => ({ ...view(words('words of a known person')), authority: at['authority'], participant: at['participant'], attribution: 'group' })],
  ['/discussions', (words, at) => ({ authority: at['authority'], team: at['team'], title: words('title'), contributions: [{ id: at['contribution'] }], points: [words('points')], dissent: [words('dissent')] })],
  ['/decisions', (words, at) => ({
    ...decision({ answer: 'no', statement: words('statement'), reason: { codes: ['money'], words: words('reason') }, alternatives: [{ what: words('alternative'), why: words('why not') }] }),
    authority: at['authority'], interests: [{ role: 'chair', interest: words('interest') }], decidedBy: [{ role: 'team', body: words('body'), capacity: 'other' }], money: words('money'), noLookAgain: true,
  })],
  ['/decisions', (words, at) => ({ ...decision({ statement: words('statement of another') }), authority: at['authority'] })],
  ['/decisions/:decision/links', (words, at) => ({ contribution: at['contribution'], effect: 'helped', why: words('why') })],
  ['/decisions/:decision/review-requests', (words, at) => ({ contribution: at['contribution'], why: words('why') })],
  ['/service-changes', (words, at) => ({ ...owned(words), authority: at['authority'], decision: at['decision'] })],
  ['/commitments', (words, at) => ({ ...owned(words), authority: at['authority'], pledgePart: 'P1a' })],
  ['/commitments/:commitment/links', (words, at) => ({ to: 'decision', id: at['decision'], why: words('why') })],
  ['/commitments/:commitment/unlinks', (words, at) => ({ to: 'decision', id: at['decision'], why: words('why') })],
  ['/meetings/:meeting/outcomes', (words, at) => ({
    attendance: [{ capacity: 'uses-services', count: 3 }],
    discussions: [{
      title: words('title'), points: [words('points')], dissent: [words('dissent')],
      contributions: [{ ref: 'v', words: words('view'), capacity: 'uses-services', voice: 'proxy', helper: words('helper'), agreed: true, attribution: 'hidden', readBack: true }, { id: at['contribution'] }],
      decisions: [{ ...decision({ statement: words('statement') }), authority: undefined, ref: 'd', answers: [{ contribution: 'v', effect: 'changed' }] }],
      serviceChanges: [{ ...owned(words), authority: undefined, ref: 'p', decision: 'd' }],
    }],
  })],
  ['/audits', (words, at) => ({ authority: at['authority'], title: words('title'), body: words('body') })],
  ['/audits/:audit/samples', (_, at) => ({ of: 'promises', asked: 2, filter: { authority: at['authority'] } })],
  ['/audits/:audit/findings', (words, at) => ({ about: 'commitment', thing: at['commitment'], found: 'not-satisfied', reason: words('reason') })],
  ['/audits/:audit/recommendations', (words, at) => ({ authority: at['authority'], what: words('what'), to: words('to'), due: day(60) })],
]; // prettier-ignore

const owned = (words: (field: string) => string) =>
  promise({ what: words('what'), owner: { name: words('owner name'), role: 'forms manager' }, proofWanted: words('proof wanted'), checker: { name: words('checker name'), role: 'co-chair' } }); // prettier-ignore
