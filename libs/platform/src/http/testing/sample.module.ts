import { Module } from '@nestjs/common';
import { HttpEdgeModule } from '../http-edge.module.js';
import { SampleController } from './sample.controller.js';

/** The smallest server that has the whole edge. */
@Module({
  imports: [HttpEdgeModule.forRoot({ useFactory: () => Buffer.alloc(32, 7) })],
  controllers: [SampleController],
})
export class SampleModule {}
