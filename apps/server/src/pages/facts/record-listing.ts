import { IsIn, IsOptional, Matches } from 'class-validator';
import { PageListing } from '../../api/paging.js';

/** For whom, and what is known already: stands in the address, so that a link can lead to the right form. */
export class RecordListing extends PageListing {
  /** A line of the pledge. */
  @IsOptional() @Matches(/^([A-Z]\d{1,2}[a-z]?)?$/, { message: 'This is not a line of the pledge.' }) for?: string;
  /** Of a toolkit: the question that a level is given for, and by whom. */
  @IsOptional() @Matches(/^[A-Za-z0-9._-]{1,64}$/, { message: 'This is not a question.' }) criterion?: string;
  @IsOptional() @IsIn(['people', 'staff'], { message: 'Choose people or staff.' }) by?: string;
}
