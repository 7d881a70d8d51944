/** A small source of views, for specs. */
export const view = {
  concept: 'contribution',
  id: '{id}',
  occurredAt: 'date',
  fields: {
    words: 'words',
    channel: { constant: 'survey' },
    capacity: { constant: 'other' },
    voice: { constant: 'own' },
    attribution: { constant: 'group' },
    url: 'url',
  },
};
export const mapping = (yields: readonly unknown[] = [view], file: object = {}) => ({
  source: 'survey',
  public: true,
  authority: { constant: 'essex' },
  files: [{ ...file, yields }],
});
export const csv = (...rows: readonly string[]): string => ['id,date,words,url,changed', ...rows].join('\n');
