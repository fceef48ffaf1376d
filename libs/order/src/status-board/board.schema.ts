import { pageQuery, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Query of the board of latest entries. */
export class LatestQuery extends createZodDto(
  z.strictObject({ ...pageQuery, module: textIn(200).optional(), statusCode: textIn(200).optional() }),
) {}
/** Query of the board of blocking entries. */
export class BlockingQuery extends createZodDto(z.strictObject(pageQuery)) {}
