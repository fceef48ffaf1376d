import { ApiResponse } from '@nestjs/swagger';
import type { ZodDto } from 'nestjs-zod';

/** Documents a good answer: its status, the class of its body (made by `createZodDto`) and what it means. */
export function Answers(status: number, body: ZodDto, description: string): MethodDecorator {
  return ApiResponse({ status, type: body.Output, description });
}

/** Documents a good answer that is no JSON. */
export function AnswersText(mediaType: string, description: string): MethodDecorator {
  return ApiResponse({ status: 200, description, content: { [mediaType]: { schema: { type: 'string' } } } });
}
