import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersText } from '../openapi/answers.js';
import { Metrics } from './metrics.js';

/** Prometheus text (interfaces 3). */
@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({ summary: 'Prometheus metrics of this process' })
  @AnswersText('text/plain', 'Prometheus text format')
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const text = await this.metrics.registry.metrics();
    void reply.type(this.metrics.registry.contentType);
    return text;
  }
}
