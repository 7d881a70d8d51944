import type { AuthorityRow } from '#authorities/authorities';
import type { TeamRow } from '#teams/teams.queries';
import { councilOptions } from '../filters.js';

interface Option {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

export const tellUsView = (authorities: readonly AuthorityRow[], teams: readonly TeamRow[]) => {
  const nameOf = new Map(authorities.map(({ code, name }) => [code, name]));
  return {
    authorities: [{ value: '', text: 'Choose your council' }, ...councilOptions(authorities)],
    teams: [
      { value: '', text: 'I do not know. Send it to the right people.' },
      ...teams.map(({ id, name, authority }) => ({
        value: id,
        text: `${name} (${nameOf.get(authority) ?? authority})`,
      })),
    ],
    capacities: CAPACITY_OPTIONS,
    voices: VOICE_OPTIONS,
    attributions: ATTRIBUTION_OPTIONS,
    formats: FORMAT_OPTIONS,
    agreed: [{ value: 'yes', text: 'They agreed that I say this for them' }],
  };
};

export const CAPACITY_OPTIONS: readonly Option[] = [
  { value: 'uses-services', text: 'I use care or support' },
  { value: 'family-carer', text: 'I am a family member or carer' },
  { value: 'advocate', text: 'I am an advocate' },
  { value: 'staff', text: 'I work in health or social care' },
  { value: 'councillor', text: 'I am a councillor' },
  { value: 'other', text: 'Something else' },
];

export const VOICE_OPTIONS: readonly Option[] = [
  { value: 'own', text: 'These are my own words' },
  { value: 'helped', text: 'Someone helped me to say this' },
  { value: 'proxy', text: 'I am saying this for someone else', hint: 'Only with their agreement.' },
];

export const ATTRIBUTION_OPTIONS: readonly Option[] = [
  { value: 'group', text: 'As “a member of the group”' },
  { value: 'first-name', text: 'With my first name' },
  { value: 'name', text: 'With my whole name' },
  { value: 'hidden', text: 'Do not show my view to others', hint: 'The team reads it. Nobody else does.' },
];

export const FORMAT_OPTIONS: readonly Option[] = [
  { value: 'plain', text: 'Plain words' },
  { value: 'easy-read', text: 'Easy read' },
  { value: 'large-print', text: 'Large print' },
  { value: 'phone', text: 'A phone call' },
  { value: 'audio', text: 'A recording' },
  { value: 'bsl', text: 'British Sign Language' },
];
