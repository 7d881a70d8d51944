import { ATTRIBUTIONS, type RequestKind } from '#kernel/codes';
import { say } from '../../wording/wording.js';

/** What a person may ask of us from their own page, and the question that each form puts. */
export interface Ask {
  readonly kind: RequestKind;
  readonly title: string;
  readonly lead: string;
  /** The text box, where there is one. */
  readonly box?: { readonly label: string; readonly hint?: string; readonly required: boolean };
  readonly contact?: boolean;
  readonly choice?: readonly { readonly value: string; readonly text: string }[];
  readonly button: string;
}

const all: readonly Ask[] = [
  {
    kind: 'not-what-i-said',
    title: 'This is not what I said',
    lead: 'Tell us the right words. The team will fix its notes. Both stay visible, so that everyone sees the fix.',
    box: { label: 'What did you say?', required: true },
    button: 'Send',
  },
  {
    kind: 'take-back',
    title: 'Take my view back',
    lead: 'We stop using your view. Others do not see your words any more. What was decided stays.',
    box: { label: 'Why? (you do not have to say)', required: false },
    button: 'Take my view back',
  },
  {
    kind: 'change-how-shown',
    title: 'Change how my name is shown',
    lead: 'You can change this at any time.',
    choice: ATTRIBUTIONS.map((value) => ({ value, text: say(`attribution.${value}`) })),
    button: 'Change it',
  },
  {
    kind: 'more-to-say',
    title: 'I have more to say',
    lead: 'What you add is a view of its own. It gets its own card.',
    box: { label: 'What do you want to say?', required: true },
    button: 'Send my view',
  },
  {
    kind: 'look-again',
    title: 'Please look at this again',
    lead: 'The team will look at its decision again and tell you what it thinks.',
    box: { label: 'What should the team think about?', required: false },
    button: 'Ask the team',
  },
  {
    kind: 'call-me',
    title: 'Please call me',
    lead: 'Someone from the team will call you.',
    box: { label: 'What is it about? (you do not have to say)', required: false },
    contact: true,
    button: 'Ask for a call',
  },
  {
    kind: 'do-not-understand',
    title: 'I do not understand the answer',
    lead: 'Someone will explain it in another way.',
    box: { label: 'What is not clear? (you do not have to say)', required: false },
    contact: true,
    button: 'Ask the team',
  },
  {
    kind: 'lost-card',
    title: 'My card is lost, or someone else has it',
    lead: 'We make a new card now. The old code stops working at once.',
    button: 'Make a new card',
  },
];

export const askOf = (kind: string): Ask | undefined => all.find((ask) => ask.kind === kind);
