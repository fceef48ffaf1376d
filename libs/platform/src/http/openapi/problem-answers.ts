import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { PROBLEMS, type ProblemSlug } from '../problem/catalogue.js';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem-document.js';

const faultSchema = z.object({
  pointer: z.string().optional().meta({ description: 'JSON Pointer into the body' }),
  parameter: z.string().optional().meta({ description: 'Query or path parameter' }),
  code: z.string(),
  message: z.string(),
});

/** RFC 9457 as interfaces 4 has it. */
const problemSchema = z.looseObject({
  type: z.string().meta({ examples: ['urn:orderkeel:problem:invalid-request'] }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(faultSchema).optional(),
});

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };

/** Documents the problems that a route may answer besides those of every route. */
export function Refuses(...slugs: readonly ProblemSlug[]): MethodDecorator {
  return applyDecorators(
    ...[...byStatus(slugs)].map(([status, description]) => ApiResponse({ status, description, content })),
  );
}

/** Adds the problems that every route may answer, by what it takes, and the schema of problems. */
export function withCommonProblems(document: OpenAPIObject): OpenAPIObject {
  const { $schema: _, ...schema } = z.toJSONSchema(problemSchema, { target: 'draft-2020-12' });
  for (const path of Object.values(document.paths))
    for (const method of METHODS) if (path[method]) addCommonProblems(path[method]);
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, Problem: schema as object } },
  };
}

function addCommonProblems(operation: Operation): void {
  const slugs: ProblemSlug[] = ['internal', 'overloaded'];
  if (operation.requestBody || operation.parameters?.length) slugs.push('invalid-request');
  if (operation.requestBody) slugs.push('malformed-json', 'payload-too-large', 'unsupported-media-type');
  for (const [status, description] of byStatus(slugs)) operation.responses[status] ??= { description, content };
}

function byStatus(slugs: readonly ProblemSlug[]): Map<number, string> {
  const statuses = new Map<number, string>();
  for (const slug of slugs) {
    const { status } = PROBLEMS[slug];
    const before = statuses.get(status);
    statuses.set(status, before === undefined ? `\`${slug}\`` : `${before}, \`${slug}\``);
  }
  return statuses;
}
