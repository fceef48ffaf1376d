import { Controller, Get, Post } from '@nestjs/common';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import { describe, expect, it } from '@jest/globals';
import { BatchRoute } from '../http/batch/batch-route.js';
import { ownRoutes } from './route-owner.js';

@Controller('invoices')
class InvoicesController {
  @Get()
  list(): void {}

  @Post('batch')
  @BatchRoute()
  issueMany(): void {}
}

describe("a module's routes", () => {
  it('carry its name beside what else is said of them', () => {
    ownRoutes('billing', [InvoicesController]);
    const { prototype } = InvoicesController;
    const [list, issueMany] = [prototype.list, prototype.issueMany].map(
      (route) => Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, route) as unknown,
    );
    expect(list).toEqual({ module: 'billing' });
    expect(issueMany).toEqual({ bodyLimit: 16 * 1024 * 1024, module: 'billing' });
  });
});
