import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import type { FactKind, Happened } from '../fact-kind.js';
import { address, codeOf, fingerprint, line, number, people, said } from '../fields.js';
import { somebody } from '../rules.js';

const adoption: FactKind = {
  code: 'pledge-adoption',
  category: 'pledgeAdoption',
  name: 'Pledge adopted',
  about: 'A council, board or team made the pledge its own.',
  pledge: ['I1a'],
  roles: RECORDERS,
  birth: {
    event: 'PledgeAdopted',
    code: 'adopted',
    title: 'Record that the pledge was adopted',
    happened: 'The pledge was adopted',
    fields: {
      pledge: codeOf('pledge', { label: 'Which pledge?', hint: 'Its code, like east-of-england', missing: 'Enter the code of the pledge.' }),
      version: codeOf('pledge-version', { label: 'Which version of it?', hint: 'You can leave this out.' }),
      body: line({ label: 'Who adopted it?', hint: 'For example: Cabinet, or the Health and Wellbeing Board', missing: 'Enter who adopted the pledge.' }),
      url: address({ label: 'Where can people read it?', hint: 'The address of the minutes, if there is one' }),
    },
  },
  steps: [],
}; // prettier-ignore

const versions = (history: readonly Happened[]): readonly unknown[] =>
  history.flatMap(({ type, data }) => (/^LocalPlan(Drafted|Revised)$/.test(type) ? [data['version']] : []));

const draft = {
  version: line({ label: 'Which version?', hint: 'For example: 1, or draft of March', missing: 'Enter the version.' }),
  authors: people({ label: 'How many people wrote it?', hint: 'Count everyone who wrote it together.', missing: 'Enter how many people wrote it.' }),
  viewsUsed: number({ label: 'How many views changed this version?', hint: 'You can leave this out.' }),
  fingerprint: fingerprint({ label: 'Fingerprint of the file', hint: 'The SHA-256 of the file, if you have it. It proves which words were agreed.' }),
  url: address({ label: 'Where can people read it?', hint: 'A web address, if there is one' }),
}; // prettier-ignore

const plan: FactKind = {
  code: 'local-plan',
  category: 'localPlan',
  name: 'Local plan for the pledge',
  about: 'People and staff wrote a plan for the pledge, changed it or agreed it.',
  pledge: ['I2', 'I1a'],
  roles: RECORDERS,
  birth: {
    event: 'LocalPlanDrafted',
    code: 'drafted',
    title: 'Record a draft of the plan',
    happened: 'The plan was drafted',
    fields: { title: line({ label: 'Name of the plan', missing: 'Enter the name of the plan.' }), ...draft },
    rules: [somebody('authors')],
  },
  steps: [
    {
      event: 'LocalPlanRevised',
      code: 'revised',
      title: 'Record a new version',
      happened: 'A new version was written',
      fields: { ...draft, changed: said({ label: 'What changed, and why?', missing: 'Say what changed.' }) },
      rules: [
        somebody('authors'),
        ({ data, history }) =>
          versions(history).includes(data['version'])
            ? refuse('version-taken', 'This version is recorded already. Give the new words a version of their own.', '/version')
            : undefined,
      ],
    },
    {
      event: 'LocalPlanAgreed',
      code: 'agreed',
      title: 'Record that the plan was agreed',
      happened: 'The plan was agreed',
      fields: {
        version: draft.version,
        body: line({ label: 'Who agreed it?', hint: 'For example: the team, the Cabinet', missing: 'Enter who agreed it.' }),
        agreedBy: people({ label: 'How many people agreed it?' }),
      },
      rules: [
        ({ data, history }) =>
          versions(history).includes(data['version'])
            ? undefined
            : refuse('version-unknown', 'We do not know this version. Record the draft first.', '/version'),
        ({ data, history }) =>
          history.some(
            (each) => each.type === 'LocalPlanAgreed' && each.data['version'] === data['version'] && each.data['body'] === data['body'],
          )
            ? refuse('already-recorded', 'This is recorded already. We did not record it twice.', '/body')
            : undefined,
      ],
    },
  ],
}; // prettier-ignore

export const planKinds = [adoption, plan];
