export const STAFF_COOKIE = 'throughline_staff';
export const CARD_COOKIE = 'throughline_card';
