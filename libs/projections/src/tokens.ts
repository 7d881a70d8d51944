/** The read database of the search index; plain `Rows` is the other one. */
export const SEARCH_ROWS = Symbol('search rows');
export const EVENT_STORE = Symbol('event store');
export const CLOCK = Symbol('clock');
