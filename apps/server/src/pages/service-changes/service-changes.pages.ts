import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { FindLadder } from '#clocks/ladder.queries';
import { PROMISE_KEEPERS } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { LIFECYCLE } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import { ListCommitments } from '#commitments/commitments.queries';
import type { PromiseRow } from '#lifecycle/promise-row';
import { CLOCK } from '#projections/tokens';
import { ListFoundAbout } from '#scrutiny/audits.queries';
import { ListServiceChanges } from '#service-changes/service-changes.queries';
import { Trace } from '#traceability/chain.queries';
import { Vault } from '#vault/vault';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { stepsFor } from '../../edge/promise-desk.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { filterBy, filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { foundAbout } from '../../scrutiny/found-about.js';
import { asksForReasons, ladderView } from '../clocks/ladder.view.js';
import { isOfficerOf, scrutinyOf } from '../scrutiny/audit.view.js';
import { ScrutinyLists } from '../scrutiny/scrutiny-lists.js';
import { Seal } from '../seal/seal.js';
import { promiseTag, serviceChangeView, STATE_NAMES } from './service-change.view.js';

@Controller()
@Allow('anyone')
export class ServiceChangesPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
    private readonly seal: Seal,
    private readonly lists: ScrutinyLists,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('service-changes')
  async list(@Query() query: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { after, authority, team, status } = query;
    const { today } = this.clock.now();
    const state = status === 'late' ? { lateOn: today } : status ? { state: status } : {};
    const page = await this.queries.execute(
      new ListServiceChanges({
        limit: 30,
        ...state,
        ...(after && { after }),
        ...(authority && { authority }),
        ...(team && { team }),
      }),
    );
    const states = LIFECYCLE.map((value) => ({ value, text: STATE_NAMES[value] ?? value }));
    this.pages.send(
      request,
      reply,
      'pages/service-changes/list.njk',
      {
        title: 'Promises',
        fields: [
          filterByCouncil(authority, this.authorities.all()),
          filterBy('status', 'Where it is', status, [{ value: 'late', text: 'Late' }, ...states]),
        ],
        items: page.items.map((row) => this.item(row, today)),
        next: listAddress('/service-changes', { authority, status, team }, page.next),
        first: after ? listAddress('/service-changes', { authority, status, team }, '') : null,
        empty: status === 'late' ? say('empty.nothingLate') : 'There are no promises here yet.',
      },
      { personal: false },
    );
  }

  /** What the one who is signed in has promised. */
  @Get('my-promises')
  @Allow(PROMISE_KEEPERS)
  async mine(@Query() { after }: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const owner = request.who.kind === 'staff' ? request.who.ref : '';
    const { today } = this.clock.now();
    const page = await this.queries.execute(new ListServiceChanges({ owner, limit: 50, ...(after && { after }) }));
    // Few people hold more than a few of these: they stand on the first page.
    const commitments = after ? [] : (await this.queries.execute(new ListCommitments({ owner, limit: 50 }))).items;
    const things = [...commitments, ...page.items].map(({ id }) => id);
    const found = await this.queries.execute(new ListFoundAbout(things));
    const told = (row: PromiseRow) => {
      const last = found.findLast(({ thing }) => thing === row.id);
      const item = this.item(row, today);
      return last
        ? {
            ...item,
            meta: [
              ...item.meta,
              `Scrutiny looked at this on ${longDate(last.found_at)}. Open it to read what it found.`,
            ],
          }
        : item;
    };
    this.pages.send(request, reply, 'pages/service-changes/mine.njk', {
      title: 'My promises',
      items: [
        ...commitments.map((row) => ({
          ...told(row),
          href: `/commitments/${row.id}`,
          kind: `${row.number}, part ${row.part} of the pledge`,
        })),
        ...page.items.map(told),
      ],
      next: listAddress('/my-promises', {}, page.next),
    });
  }

  @Get('service-changes/:id')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { asOf }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'public', asOf));
    const view = chain && serviceChangeView(chain, (code) => this.authorities.get(code)?.name ?? code);
    if (!chain || !view) throw missing('promise');
    const { who } = request;
    const isOurs = view.authority;
    const scrutiny = scrutinyOf(await foundAbout(this.queries, id, who, asOf), await this.lists.names(), who);
    const ahead = asOf ? undefined : await this.queries.execute(new FindLadder(id));
    const isAsked = asksForReasons(view.ladder);
    const variables = {
      title: 'A promise',
      view,
      asOf,
      scrutiny,
      finds:
        asOf === undefined && isOfficerOf(who, isOurs)
          ? `/scrutiny/findings/new?about=service-change&thing=${id}`
          : null,
      ladder: ladderView(view.ladder, asOf ?? this.clock.now().today, ahead),
      seal: this.seal.words(),
      actions: stepsFor({ state: view.state, owner_person: view.ownerPerson, authority: isOurs }, who, isAsked),
      back: { href: '/service-changes', text: 'All promises' },
    };
    this.pages.send(request, reply, 'pages/service-changes/show.njk', variables, { personal: who.kind === 'staff' });
  }

  private item(row: PromiseRow, today: string) {
    return {
      icon: 'pencil',
      kind: this.authorities.get(row.authority)?.name ?? row.authority,
      title: shownText(this.vault, row.what),
      href: `/service-changes/${row.id}`,
      ...promiseTag(row, today),
      meta: [
        row.owner_name
          ? `${shownText(this.vault, row.owner_name)}, ${row.owner_role ?? 'role not recorded'}`
          : [row.owner_role, 'Nobody is named'].filter(Boolean).join('. '),
        row.due
          ? `By ${longDate(row.due)}${row.moved > 0 ? `. The date has moved ${row.moved === 1 ? 'once' : `${row.moved} times`}` : ''}`
          : 'No date was recorded',
        row.proofs === 0 ? 'No proof has been added yet' : `Proofs: ${row.proofs}`,
      ],
    };
  }
}
