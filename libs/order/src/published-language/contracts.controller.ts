import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, CONTRACTS, Pages, Problem, Refuses } from '@orderkeel/platform';
import { jsonSchemaOf, type Contract } from '@orderkeel/platform/contract';
import { ContractList, ContractPath, ContractsQuery, SchemaOut, type ContractAnswer } from './contract.schema.js';

/** `GET /contracts` and the schema of each: the tables whose change events others rely on (interfaces 2 and 3). */
@ApiTags('published language')
@Controller('contracts')
export class ContractsController {
  private readonly contracts: readonly Contract[];

  constructor(
    @Inject(CONTRACTS) contracts: readonly Contract[],
    private readonly pages: Pages,
  ) {
    this.contracts = [...contracts].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  @Get()
  @Answers(200, ContractList, 'In order of names')
  list(@Query() query: ContractsQuery) {
    return this.pages.read(query, {
      route: 'GET /contracts',
      read: async ([after = ''] = [], count) =>
        this.contracts
          .filter(({ name }) => name > after)
          .slice(0, count)
          .map(answerOf),
      positionOf: ({ name }) => [name],
    });
  }

  @Get(':name/schema')
  @Answers(200, SchemaOut, 'JSON Schema (2020-12) of a row as change events carry it')
  @Refuses('not-found')
  schema(@Param() { name }: ContractPath) {
    const contract = this.contracts.find((each) => each.name === name);
    if (!contract) throw Problem.notFound(`contract ${name}`);
    return jsonSchemaOf(contract);
  }
}

function answerOf({ name, version, schema, table, key, mutable }: Contract): ContractAnswer {
  return { name, version, table: `${schema}.${table}`, keyColumn: key, mutable, schema: `/contracts/${name}/schema` };
}
