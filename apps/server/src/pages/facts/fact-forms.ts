import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { FactFields, FactKind, FactStep } from '#facts/fact-kind';
import { birthIn, type FactWithEntries } from '#facts/facts.queries';
import type { Toolkit } from '#facts/toolkit.events';
import { Toolkits } from '#facts/toolkits';
import type { FieldProblem } from '#facts/read-fields';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { FactChoices } from './fact-choices.js';
import { fieldViews } from './fact-fields.view.js';
import { FactPlaces, type Place } from './fact-places.js';

export interface Returned {
  readonly typed: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

export interface FormPage {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly press: string;
  readonly back: { readonly href: string; readonly text: string };
  readonly isPrivate: boolean;
  /** Of a mistake that is mended: says what was wrong. */
  readonly mends?: boolean;
  /** Taking back has nothing else to fill in. */
  readonly takes?: boolean;
  /** Names of fields that go with the form unseen. */
  readonly hidden?: Readonly<Record<string, string>>;
}

/** The one form of all facts: fields from the definition, choices from the record. */
@Injectable()
export class FactForms {
  constructor(
    private readonly pages: Pages,
    private readonly choices: FactChoices,
    private readonly places: FactPlaces,
    private readonly toolkits: Toolkits,
  ) {}

  async first(request: Asked, reply: FastifyReply, kind: FactKind, place: Place, returned?: Returned): Promise<void> {
    const query = new URLSearchParams(place.team ? { team: place.team.id } : { authority: place.authority });
    const page: FormPage = {
      title: kind.birth.title,
      lead: kind.about,
      action: `/record/${kind.code}`,
      press: 'Record this',
      back: { href: `/record?${query.toString()}`, text: 'Record what you did' },
      isPrivate: kind.isPrivate === true,
      hidden: { authority: place.authority, ...(place.team && { team: place.team.id }) },
    };
    await this.send(request, reply, page, kind.birth.fields, place, { kind, ...(returned && { returned }) });
  }

  /** Which council and team a first form is for, as it carries them along. */
  placeIn(raw: unknown): { readonly authority?: string; readonly team?: string } {
    const { authority, team } = (raw ?? {}) as Record<string, unknown>;
    return {
      ...(typeof authority === 'string' && authority !== '' && { authority }),
      ...(typeof team === 'string' && team !== '' && { team }),
    };
  }

  /** The place of what is recorded already, for whoever may act on it. */
  async placeOf(request: Asked, { authority, team }: FactWithEntries): Promise<Place> {
    const place = await this.places.own(request.who, team === null ? { authority } : { team });
    if (!place) throw new Error('a fact always says whose it is');
    return place;
  }

  /** The toolkit that a self-assessment was held with. */
  toolkitOf(fact: FactWithEntries): Toolkit | undefined {
    const { toolkit, version } = JSON.parse(birthIn(fact).data) as { toolkit?: string; version?: string };
    return toolkit === undefined ? undefined : this.toolkits.find(toolkit, version);
  }

  async send(
    request: Asked,
    reply: FastifyReply,
    page: FormPage,
    fields: FactFields,
    place: Place,
    more: {
      readonly kind: FactKind;
      readonly returned?: Returned;
      /** Shown as if it had been typed; nothing is wrong with it. */
      readonly typed?: Returned['typed'];
      readonly toolkit?: Toolkit | undefined;
      readonly criterion?: string | undefined;
    },
  ): Promise<void> {
    const { kind, toolkit, criterion } = more;
    const returned = more.returned ?? (more.typed && { typed: more.typed, problems: [] });
    const found = await this.choices.of(fields, { authority: place.authority, team: place.team, toolkit, criterion });
    const variables = {
      ...page,
      fields: page.takes ? [] : fieldViews(fields, found),
      place: place.name,
      needsTeam: kind.needsTeam === true && place.team === undefined,
      teams: kind.needsTeam && !place.team ? await this.places.teamsOf(place.authority) : [],
      everyoneReads: Object.values(fields).some(({ sealed }) => sealed === 'public'),
    };
    this.pages.send(request, reply, 'pages/facts/form.njk', variables, returned ? { returned } : {});
  }
}

/** What a step's form is called and where it goes. */
export const stepPage = (kind: FactKind, step: FactStep, id: string, name: string): FormPage => ({
  title: step.title,
  lead: `This is about: ${name}.`,
  action: `/record/${kind.code}/${id}/${step.code}`,
  press: 'Record this',
  back: { href: `/facts/${id}`, text: name },
  isPrivate: kind.isPrivate === true,
});
