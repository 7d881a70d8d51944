import type { FactKind } from '#facts/fact-kind';
import { stepsOf } from '#facts/fact-kind';
import type { FactEventRow } from '#facts/facts.queries';
import type { OpenWords } from './list.json.js';

/** One entry as everyone may read it: clear fields, public words, and private ones only for those who act on them. */
export const factEntry = (kind: FactKind, row: FactEventRow, open: OpenWords, seesPrivate: boolean) => {
  const step = stepsOf(kind).find(({ event }) => event === row.type);
  const sealed = Object.entries(JSON.parse(row.sealed) as Record<string, string>).flatMap<[string, unknown]>(
    ([name, ref]) => (seesPrivate || step?.fields[name]?.sealed === 'public' ? [[name, open(ref)]] : []),
  );
  const { authority: _, team: _team, ...data } = JSON.parse(row.data) as Record<string, unknown>;
  return {
    id: row.id,
    type: row.type,
    step: step?.code ?? null,
    happenedOn: row.happened_on,
    recordedAt: row.recorded_at,
    byRole: row.role,
    position: row.position,
    takenBackAt: row.taken_back_at,
    data: { ...data, ...Object.fromEntries<unknown>(sealed) },
  };
};

/** A kind as programs need it to know what they may send. */
export const kindItem = (kind: FactKind) => ({
  kind: kind.code,
  name: kind.name,
  about: kind.about,
  pledge: kind.pledge,
  private: kind.isPrivate ?? false,
  roles: kind.roles,
  steps: stepsOf(kind).map(({ code, event, title, fields }, index) => ({
    step: index === 0 ? null : code,
    event,
    title,
    fields: Object.entries(fields).map(([name, { label, missing, sealed, control }]) => ({
      name,
      label,
      required: missing !== undefined,
      sealed: sealed ?? null,
      as: control.as,
      ...('options' in control && { options: control.options }),
    })),
  })),
});
