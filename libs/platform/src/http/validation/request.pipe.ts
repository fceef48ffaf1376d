import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { isZodDto } from 'nestjs-zod/dto';
import type { z } from 'zod';
import { isEnvelope } from './envelope.js';
import { validateBody, validateEnvelope, validateParameters, valueOrProblem } from './validate.js';

/**
 * Validates what a route takes by the class of its parameter (`createZodDto`): bodies with pointers, query and path
 * with parameter names. A parameter without such a class is a mistake of ours and fails loudly.
 */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    if (!isZodDto(metatype))
      throw new TypeError(`A ${type} parameter has no schema: give it a class made by createZodDto`);
    const schema = metatype.schema as z.ZodType;
    if (type !== 'body') return valueOrProblem(validateParameters(schema, value));
    return valueOrProblem(isEnvelope(metatype) ? validateEnvelope(schema, value) : validateBody(schema, value));
  }
}
