import { Body, Controller, Get, HttpCode, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { pino } from 'pino';
import { z } from 'zod';
import { BatchRoute } from '../edge/limits.js';
import { Cursors } from '../edge/cursor.js';
import { createHttpApp, type HttpApp, type HttpAppSettings } from '../edge/http-app.js';
import { EventStreams } from '../events/event-streams.js';
import { HttpEdgeModule } from '../http-edge.module.js';
import { Answers, AnswersText } from '../openapi/answers.js';
import { Refuses } from '../openapi/problem-answers.js';
import { Problem } from '../problem/problem.js';
import { listOf, pageQuery } from '../schema/list.js';
import { idIn, idOut, moneyIn, quantityIn, quantityOut, textIn } from '../schema/values.js';
import { Envelope } from '../validation/envelope.js';
import { validateBody } from '../validation/validate.js';

const intent = z.strictObject({
  key: textIn(20),
  quantity: quantityIn,
  price: moneyIn,
  metadata: z.record(z.string(), z.json()).optional(),
});
class IntentIn extends createZodDto(intent) {}
class IntentOut extends createZodDto(z.object({ id: idOut, quantity: quantityOut })) {}
class IntentPath extends createZodDto(z.strictObject({ id: idIn })) {}
class IntentQuery extends createZodDto(z.strictObject({ ...pageQuery, sku: textIn(10).optional() })) {}
class IntentList extends createZodDto(listOf(z.object({ sku: z.string() }))) {}
@Envelope()
class IntentBatch extends createZodDto(z.strictObject({ intents: z.array(z.unknown()).min(1).max(3) })) {}
class BatchResults extends createZodDto(z.object({ results: z.array(z.boolean()) })) {}

const ID = '0199aaaa-0000-7000-8000-00000000000f';

/** What the failing route throws; set by the test that asks. */
export const trouble: { error: unknown } = { error: undefined };
/** What became of the sources of the event routes. */
export const listener = { opened: 0, left: 0, flooded: 0, floodEnded: false };

@Controller('intents')
class IntentController {
  constructor(
    private readonly cursors: Cursors,
    private readonly streams: EventStreams,
  ) {}

  @Post()
  @HttpCode(202)
  @Answers(202, IntentOut, 'Received')
  @Refuses('intent-already-accepted')
  receive(@Body() body: IntentIn): { id: string; quantity: string } {
    return { id: ID, quantity: body.quantity };
  }

  @Post('batch')
  @HttpCode(200)
  @BatchRoute()
  @Answers(200, BatchResults, 'One result for each')
  receiveMany(@Body() { intents }: IntentBatch): { results: boolean[] } {
    return { results: intents.map((each) => 'value' in validateBody(intent, each)) };
  }

  @Get()
  @Answers(200, IntentList, 'A page')
  list(@Query() { limit, cursor }: IntentQuery): { items: { sku: string }[]; nextCursor: string } {
    const [after = 'a'] = this.cursors.decode<[string]>('GET /intents', cursor) ?? [];
    return { items: [{ sku: `${after}${limit}` }], nextCursor: this.cursors.encode('GET /intents', [`${after}b`]) };
  }

  @Get('flood')
  @AnswersText('text/event-stream', 'More than anybody reads')
  async flood(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.open(request, reply, flood);
  }

  @Get(':id')
  @Answers(200, IntentOut, 'The intent')
  @Refuses('not-found')
  read(@Param() { id }: IntentPath): { id: string; quantity: string } {
    if (id !== ID) throw Problem.notFound(`intent ${id}`);
    return { id, quantity: '1' };
  }

  @Post(':id/fail')
  @Answers(200, IntentOut, 'Never')
  fail(@Param() _path: IntentPath): never {
    throw trouble.error;
  }

  @Get(':id/events')
  @AnswersText('text/event-stream', 'Events')
  async events(@Param() { id }: IntentPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.open(request, reply, (signal) => eventsOf(id, signal), 20);
  }
}

async function* eventsOf(id: string, signal: AbortSignal) {
  listener.opened += 1;
  yield { id: '1', event: 'status', data: { id, text: 'two\nlines' } };
  yield { event: 'caught-up' };
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  listener.left += 1;
}

async function* flood() {
  try {
    for (; ; listener.flooded += 1) {
      yield { data: 'x'.repeat(64 * 1024) };
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    listener.floodEnded = true;
  }
}

@Module({
  imports: [HttpEdgeModule.forRoot({ useFactory: () => Buffer.alloc(32, 7) })],
  controllers: [IntentController],
})
class SampleModule {}

type Limits = Pick<HttpAppSettings, 'receiveTimeoutMs' | 'closeWithinMs'>;

/** A small server with one route of each kind, listening on a free port. */
export async function startSampleApp(limits: Limits = {}): Promise<HttpApp & { url: string; logged: string[] }> {
  const logged: string[] = [];
  const logger = pino({}, { write: (line: string) => void logged.push(line) });
  const http = await createHttpApp(SampleModule, { logger, nestLogger: false, version: '0.0.0', ...limits });
  await http.app.listen(0, '127.0.0.1');
  return { ...http, url: await http.app.getUrl(), logged };
}
