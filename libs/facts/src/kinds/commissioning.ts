import { RECORDERS } from '#identity/who';
import type { FactKind } from '../fact-kind.js';
import { address, day, fingerprint, line, one, said, thing } from '../fields.js';
import { COMMISSIONING_STAGES, options, YES_NO_NOT_KNOWN } from '../options.js';

const contract: FactKind = {
  code: 'contract',
  category: 'contract',
  name: 'Contract',
  about: 'A service that the council buys, and whether people helped to say what it must be.',
  pledge: ['I1b', 'P2c'],
  roles: RECORDERS,
  birth: {
    event: 'CommissioningLinked',
    code: 'linked',
    title: 'Record a contract',
    happened: 'The contract was linked to co-production',
    fields: {
      title: line({ label: 'What is bought?', missing: 'Enter what is bought.' }),
      ocid: line({ label: 'Open contracting id', hint: 'Like ocds-h6vhtk-012345. Leave this out if there is none.' }),
      reference: line({ label: 'The council’s own reference' }),
      stage: one(COMMISSIONING_STAGES, { label: 'Where is it now?', missing: 'Choose where it is now.' }),
      involvedBefore: one(YES_NO_NOT_KNOWN, { label: 'Were people involved before the specification was fixed?', missing: 'Choose one. “We do not know” is an answer.' }),
      changed: said({ label: 'What did people change in the specification?', hint: 'Everyone can read this. Leave this out if nothing changed yet.' }),
    },
  },
  steps: [
    {
      event: 'CommissioningStageReached',
      code: 'stage',
      title: 'Record the next stage',
      happened: 'The contract reached another stage',
      fields: {
        stage: one(COMMISSIONING_STAGES, { label: 'Where is it now?', missing: 'Choose where it is now.' }),
        changed: said({ label: 'What did people change?', hint: 'Everyone can read this.' }),
      },
    },
  ],
}; // prettier-ignore

const checked = {
  checkedBy: one(options({ council: 'The council', people: 'People who use the service', other: 'Another body' }), { label: 'Who looked at it?', hint: 'Never the supplier itself.', missing: 'Choose who looked at it.' }),
  found: said({ label: 'What did they find?', hint: 'Everyone can read this.', missing: 'Enter what they found.' }),
}; // prettier-ignore

const socialValue: FactKind = {
  code: 'social-value',
  category: 'socialValue',
  name: 'Social value promise',
  about: 'A supplier promised something for local people. Then record the proof.',
  pledge: ['I1b'],
  roles: RECORDERS,
  birth: {
    event: 'SocialValuePromiseRecorded',
    code: 'promised',
    title: 'Record a social value promise',
    happened: 'The supplier made a promise',
    fields: {
      contract: thing('contract', { label: 'Which contract?', hint: 'Leave this out if it is not recorded here.' }),
      supplier: line({ label: 'Who promised it?', hint: 'Name of the organisation, never of a person', missing: 'Enter who promised it.' }),
      what: said({ label: 'What did they promise?', hint: 'Everyone can read this.', missing: 'Enter what they promised.' }),
      due: day({ label: 'By when?', hint: 'Like 2027-03-28', missing: 'Enter by when.' }),
      measure: line({ label: 'How will people see that it is done?', missing: 'Enter how people will see that it is done.' }),
    },
  },
  steps: [
    {
      event: 'SocialValueEvidenceReceived',
      code: 'evidence',
      title: 'Record proof',
      happened: 'Proof came in',
      fields: {
        what: said({ label: 'What does it show?', hint: 'Everyone can read this.', missing: 'Enter what it shows.' }),
        complete: one(YES_NO_NOT_KNOWN, { label: 'Does the supplier say that the promise is kept in full?', missing: 'Choose one. “We do not know” is an answer.' }),
        url: address({ label: 'Where can people see it?', hint: 'A web address, if there is one' }),
        fingerprint: fingerprint({ label: 'Fingerprint of the file', hint: 'The SHA-256 of the file, if you have it' }),
      },
    },
    {
      event: 'SocialValueConfirmed',
      code: 'confirmed',
      title: 'Record that someone else confirmed it',
      happened: 'Someone other than the supplier confirmed it',
      after: ['SocialValueEvidenceReceived'],
      byOther: ['SocialValueEvidenceReceived'],
      fields: checked,
    },
    {
      event: 'SocialValueDisputed',
      code: 'disputed',
      title: 'Record that it is not so',
      happened: 'Someone other than the supplier says that it is not so',
      after: ['SocialValueEvidenceReceived'],
      byOther: ['SocialValueEvidenceReceived'],
      fields: checked,
    },
  ],
}; // prettier-ignore

export const commissioningKinds = [contract, socialValue];
