export const STAFF_COOKIE = 'throughline_staff';
export const CARD_COOKIE = 'throughline_card';
/** A participant who signed in by e-mail. */
export const PERSON_COOKIE = 'throughline_person';
