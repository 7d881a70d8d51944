import { options } from './options.js';

/**
 * The ladder of co-production in the order of its rungs, lowest first (Think Local Act Personal and the National
 * Co-production Advisory Group, after Arnstein 1969); the sentences are ours.
 */
export const LADDER = options({
  coercion: 'Coercion: people have things done to them',
  educating: 'Educating: people are told what to do',
  informing: 'Informing: people are told what will happen',
  consultation: 'Consultation: people are asked, others decide',
  engagement: 'Engagement: people help to shape it, others decide',
  'co-design': 'Co-design: people design it together with staff',
  'co-production': 'Co-production: people and staff decide and do it together',
});
