import { inNewHands } from '#authorities/handover';
import type { Aggregate } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import type { AuditEvent, Subject } from './audit.events.js';

export interface KnownFinding {
  readonly about: Subject;
  readonly thing: string;
  readonly authority: string;
  readonly isPublished: boolean;
}

export interface KnownRecommendation {
  readonly authority: string;
  readonly due?: string;
  readonly isAnswered: boolean;
  readonly isOverdue: boolean;
}

/** One piece of work of a scrutiny body: its samples, findings and recommendations, and what councils answered. */
export interface Audit {
  readonly exists: boolean;
  readonly isClosed: boolean;
  readonly about: About;
  readonly samples: readonly string[];
  readonly findings: Readonly<Record<string, KnownFinding>>;
  readonly recommendations: Readonly<Record<string, KnownRecommendation>>;
}

export const audit: Aggregate<Audit, AuditEvent> = {
  category: 'audit',
  initial: { exists: false, isClosed: false, about: {}, samples: [], findings: {}, recommendations: {} },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'AuditOpened': {
        const { authority } = event.data;
        return { ...state, exists: true, about: authority === undefined ? {} : { authority } };
      }
      case 'SampleDrawn':
        return { ...state, samples: [...state.samples, event.data.sample] };
      case 'AuditFinding': {
        const { finding, about, thing, authority } = event.data;
        return {
          ...state,
          findings: { ...state.findings, [finding]: { about, thing, authority, isPublished: false } },
        };
      }
      case 'FindingPublished': {
        const known = state.findings[event.data.finding];
        if (!known) return state;
        return { ...state, findings: { ...state.findings, [event.data.finding]: { ...known, isPublished: true } } };
      }
      case 'RecommendationMade': {
        const { recommendation, authority, due } = event.data;
        const made = { authority, ...(due !== undefined && { due }), isAnswered: false, isOverdue: false };
        return { ...state, recommendations: { ...state.recommendations, [recommendation]: made } };
      }
      case 'ResponseReceived':
        return changed(state, event.data.recommendation, { isAnswered: true });
      // What a source calls it decides nothing here.
      case 'SourceStatusChanged':
        return state;
      case 'ResponseOverdue':
        return changed(state, event.data.recommendation, { isOverdue: true });
      case 'PassedToSuccessor':
        return event.data.recommendation === undefined
          ? inNewHands(state, event.data)
          : changed(state, event.data.recommendation, { authority: event.data.to });
      case 'AuditClosed':
        return { ...state, isClosed: true };
    }
    return state;
  },
};

const changed = (state: Audit, recommendation: string, by: Partial<KnownRecommendation>): Audit => {
  const known = state.recommendations[recommendation];
  if (!known) return state;
  return { ...state, recommendations: { ...state.recommendations, [recommendation]: { ...known, ...by } } };
};
