import { ApiResponse } from '@nestjs/swagger';
import type { ZodDto } from 'nestjs-zod';

/** Documents a good answer: its status, the class of its body (made by `createZodDto`) and what it means. */
export function Answers(status: number, body: ZodDto, description: string): MethodDecorator {
  return ApiResponse({ status, type: withoutTypeLists(body.Output), description });
}

/** Documents a good answer that is no JSON. */
export function AnswersText(mediaType: string, description: string): MethodDecorator {
  return ApiResponse({ status: 200, description, content: { [mediaType]: { schema: { type: 'string' } } } });
}

/**
 * zod writes a nullable string as `type: ["string", "null"]`, which @nestjs/swagger takes for a list of strings; said
 * as `anyOf` it is understood.
 */
function withoutTypeLists(body: ZodDto): ZodDto {
  const properties = body._OPENAPI_METADATA_FACTORY() as Record<string, { type?: unknown }>;
  const corrected = Object.entries(properties).map(([name, property]) => [
    name,
    Array.isArray(property.type)
      ? { ...property, type: '', anyOf: property.type.map((type: unknown) => ({ type })) }
      : property,
  ]);
  return Object.assign(body, { _OPENAPI_METADATA_FACTORY: (): unknown => Object.fromEntries(corrected) });
}
