/** In what capacity somebody else takes part, in the words of the one who writes it down. */
export const CAPACITIES_OF_OTHERS = [
  { value: 'uses-services', text: 'Uses care or support' },
  { value: 'family-carer', text: 'Family member or carer' },
  { value: 'advocate', text: 'Advocate' },
  { value: 'staff', text: 'Works for a service' },
  { value: 'councillor', text: 'Councillor' },
  { value: 'other', text: 'Something else' },
] as const;

/** The same for one code, as it stands beside what somebody said or decided. */
export const capacityName = (code: string): string =>
  CAPACITIES_OF_OTHERS.find(({ value }) => value === code)?.text ?? code;
