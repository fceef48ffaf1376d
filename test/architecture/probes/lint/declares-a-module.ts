// Offends: no-restricted-syntax
import { Module } from '@nestjs/common';

/** Documented. */
@Module({})
export class StrayModule {}
