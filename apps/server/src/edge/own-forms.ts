import { ForbiddenException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A form without a token that counts here. */
export class FormNotOurs extends ForbiddenException {
  constructor(
    /** It is known to come from a page of this site: whoever typed it may look at it and send it again. */
    readonly isFromHere: boolean,
  ) {
    super(
      isFromHere
        ? 'This page was open while you signed in or out, or the form was old. Look at it and send it again.'
        : 'This form did not come from a page of ours that this browser has open. Open the page here and try again. Your browser must take cookies.',
    );
  }
}

/** A form of another site must not act for someone who is signed in here (Fetch Metadata, W3C; Origin, RFC 6454). */
export const refuseForeignForms = (request: FastifyRequest): void => {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const foreign =
    site === undefined ? origin !== undefined && !sameHost(origin, host) : site !== 'same-origin' && site !== 'none';
  if (foreign) throw new ForbiddenException('This form came from another website. Open the page here and try again.');
};

/** The browser itself says so. What says nothing may come from anywhere. */
export const isFromHere = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && sameHost(headers.origin, headers.host);
};

const sameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;
