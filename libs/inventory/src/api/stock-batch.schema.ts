import { batchResultsOf, idOut } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';

/** What became of a batch of receipts or adjustments, in its order. */
export class StockBatchResults extends createZodDto(batchResultsOf({ id: idOut.optional() })) {}
