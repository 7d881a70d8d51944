import type { LogState } from '#ledger/log-state';

/** What an operator wants to know of the seal at a glance. */
export const sealOf = ({ origin, entries, checkpoint, problem, witnesses }: LogState) => {
  const { asked, independent, isQuorum, ageSeconds, isFresh, conflicts } = witnesses;
  return {
    origin,
    entries,
    sealed: checkpoint?.size ?? 0,
    sealedAt: checkpoint?.signedAt ?? null,
    problem: problem?.message ?? null,
    witnesses: { asked, independent, isQuorum, ageSeconds, isFresh, conflicts },
  };
};

/** Prometheus text exposition. What is not known is left out rather than called 0. */
export const metricsOf = ({ entries, checkpoint, problem, witnesses }: LogState): string => {
  const figures: readonly (readonly [name: string, help: string, value: number | null])[] = [
    ['throughline_log_entries', 'Entries in the record.', entries],
    ['throughline_log_sealed_entries', 'Entries the newest checkpoint covers.', checkpoint?.size ?? 0],
    ['throughline_log_sealed_at_seconds', 'When the newest checkpoint was signed.', secondsOf(checkpoint?.signedAt)],
    ['throughline_log_problem', '1 when nothing new can be sealed.', problem ? 1 : 0],
    ['throughline_log_witnesses_asked', 'Independent witnesses that are asked.', witnesses.asked],
    ['throughline_log_witnesses_cosigned', 'Of them, how many cosigned the newest checkpoint.', witnesses.independent],
    ['throughline_log_quorum', '1 when as many cosigned as the policy wants.', witnesses.isQuorum ? 1 : 0],
    ['throughline_log_cosigned_at_seconds', 'The newest time a witness vouches for.', secondsOf(witnesses.newest)],
    ['throughline_log_conflicts', 'Witnesses that saw another history of this record.', witnesses.conflicts],
  ];
  return figures
    .filter(([, , value]) => value !== null)
    .map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`)
    .join('');
};

const secondsOf = (instant: string | null | undefined): number | null =>
  instant ? Math.floor(Date.parse(instant) / 1_000) : null;
