import { createParamDecorator } from '@nestjs/common';
import type { Caller } from '../../database/database.js';

/** Where authentication is off: nobody in particular, who sees and writes shared rows (interfaces 3 and 6). */
const ANONYMOUS: Caller = { tenantId: null, actor: 'anonymous' };

/**
 * The parameter of a route that says on whose behalf it runs. A command that takes an `actor` prefers it while
 * authentication is off.
 */
export const RequestCaller = createParamDecorator((): Caller => ANONYMOUS);
