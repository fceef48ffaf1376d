import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Answers } from '../openapi/answers.js';
import { HealthProbes, type HealthReport } from './health-probes.js';

const finding = z.object({ ok: z.boolean(), detail: z.string().optional() });
class HealthReportDto extends createZodDto(
  z.object({ status: z.enum(['ok', 'failing']), probes: z.record(z.string(), finding) }),
) {}

/** Liveness and readiness, naming each probe (interfaces 3). */
@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly probes: HealthProbes) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether this process works at all; if not, restart it' })
  @Answers(200, HealthReportDto, 'It does')
  @Answers(503, HealthReportDto, 'A restart is needed')
  async live(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return withStatus(reply, await this.probes.report('liveness'));
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether this process should get requests' })
  @Answers(200, HealthReportDto, 'It should')
  @Answers(503, HealthReportDto, 'At least one probe fails')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return withStatus(reply, await this.probes.report('readiness'));
  }
}

function withStatus(reply: FastifyReply, report: HealthReport): HealthReport {
  reply.status(report.status === 'ok' ? 200 : 503);
  return report;
}
