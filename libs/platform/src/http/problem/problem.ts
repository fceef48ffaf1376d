import { PROBLEMS, type ProblemSlug } from './catalogue.js';

/** One field at fault: where (a JSON Pointer into the body, or the name of a query or path parameter), what, and why. */
export interface FieldFault {
  /** RFC 6901; the body itself is `""`. */
  readonly pointer?: string;
  readonly parameter?: string;
  /** Stable and readable: `required`, `unknown-field`, `not-positive`... */
  readonly code: string;
  readonly message: string;
}

/** What a problem carries besides its slug and detail. */
export interface ProblemExtras {
  readonly errors?: readonly FieldFault[];
  /** Further members of the document, as interfaces 4 names them: `orderId`, `entryId`, `revision`, `reasons`... */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Where the status is not the catalogue's: `overloaded` may be 429, a guard brings its own. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal on its way to the caller; the edge turns it into a problem document (interfaces 4). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly retriable: boolean;

  constructor(
    readonly code: ProblemSlug,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
    this.status = extras.status ?? PROBLEMS[code].status;
    this.title = PROBLEMS[code].title;
    this.retriable = code === 'overloaded';
  }

  /** At least one field is at fault; the detail names the first. */
  static invalid(errors: readonly [FieldFault, ...FieldFault[]]): Problem {
    const [first] = errors;
    const where = first.parameter ?? (first.pointer === '' ? 'the body' : first.pointer);
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    return new Problem('invalid-request', `${where}: ${first.message}${more}`, { errors });
  }

  /** Nothing of that name, or not for this caller: nobody can tell which. */
  static notFound(what: string): Problem {
    return new Problem('not-found', `There is no ${what}`);
  }

  /** @param retryAfterS seconds after which trying again makes sense; 503 unless 429 is asked for */
  static overloaded(detail: string, retryAfterS: number, status: 429 | 503 = 503): Problem {
    return new Problem('overloaded', detail, { status, headers: { 'retry-after': String(retryAfterS) } });
  }
}
