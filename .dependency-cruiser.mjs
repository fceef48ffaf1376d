// Who may import whom (architecture 2). Every rule is an error, and its comment says what to do instead.
// A rule counts once test/architecture/probes holds a file that breaks it: see test/architecture/boundaries.spec.ts.
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { modulesOnDisk } from './tools/modules-on-disk.mjs';

/** Specs, and what only specs use. */
const TESTS = ['\\.spec\\.ts$', '/(testing|spec-support)/'];
const MODULE = '^libs/(?!platform/)([^/]+)/';

/** One rule per module, from its manifest: what it may import of others. */
const declaredImports = modulesOnDisk().map(({ name, dependsOn }) => ({
  name: `${name}-imports-what-it-declares`,
  comment: `libs/${name} imports only the modules in its manifest's dependsOn (${dependsOn.join(', ') || 'none'}). Declare the other one there, or listen to its contract (consumes) without importing its code.`,
  severity: 'error',
  from: { path: `^libs/${name}/`, pathNot: TESTS },
  to: { path: '^libs/', pathNot: `^libs/(${[name, 'platform', ...dependsOn].join('|')})/` },
}));

export default {
  forbidden: [
    {
      name: 'not-to-unresolvable',
      comment:
        'This import leads nowhere, and what cannot be resolved slips through every other rule. Correct the path (relative imports end in .js) or install the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^kafkajs' },
    },
    {
      name: 'no-circular',
      comment:
        'These files import each other in a circle, which crashes in ESM as soon as one is evaluated early. Move what both need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'modules-meet-at-contract-entries',
      comment:
        "A module uses another only through its contract entry: import from '@orderkeel/<module>/contract', and let that module publish what is missing.",
      severity: 'error',
      from: { path: MODULE, pathNot: TESTS },
      to: { path: '^libs/(?!platform/)([^/]+)/', pathNot: '^libs/($1/|[^/]+/src/contract/index\\.ts$)' },
    },
    {
      name: 'platform-through-its-entries',
      comment:
        "Modules use the platform through '@orderkeel/platform' and '@orderkeel/platform/contract'. Export there what modules are meant to use.",
      severity: 'error',
      from: { path: MODULE, pathNot: TESTS },
      to: { path: '^libs/platform/', pathNot: '^libs/platform/src/(contract/)?index\\.ts$' },
    },
    {
      name: 'platform-knows-no-module',
      comment:
        'The platform serves every module and knows none. Turn the dependency round: let the module declare what the platform needs in its manifest, or through a port.',
      severity: 'error',
      from: { path: '^libs/platform/', pathNot: TESTS },
      to: { path: MODULE },
    },
    {
      name: 'order-knows-commerce-core-only',
      comment:
        'The order core must not know optional modules. Let the module hear order contracts, or offer order a guard through a port.',
      severity: 'error',
      from: { path: '^libs/order/', pathNot: TESTS },
      to: { path: '^libs/', pathNot: '^libs/(order|platform|commerce-core)/' },
    },
    {
      name: 'contracts-stay-light',
      comment:
        'A contract folder is what others import, so it may use zod, the platform entries, JSON canonicalisation and its own files, and nothing of the module behind it. Move what it needs into contract/, or keep it out of the contract.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/contract/', pathNot: TESTS },
      to: {
        pathNot: [
          '^libs/[^/]+/src/contract/',
          '^libs/platform/src/((contract/)?index\\.ts$|http/schema/)',
          'node_modules/(@types/)?(zod|big\\.js|canonicalize)/',
          '^kafkajs',
        ],
        dependencyTypesNot: ['unknown', 'undetermined'],
      },
    },
    {
      name: 'decisions-are-pure',
      comment:
        'A *.decide.ts is a pure function from facts to a decision: of packages it may import big.js and zod, of the platform types and its contract entry, of the own module what does no I/O. Pass the clock, ids and facts in as arguments, and let the reaction and the store do the rest.',
      severity: 'error',
      from: { path: '\\.decide\\.ts$' },
      to: {
        path: [
          '\\.(store|reaction|controller|module|migration)\\.ts$',
          '^libs/platform/src/(?!contract/)',
          'node_modules/(?!(@types/)?(big\\.js|zod)/)',
          `^(node:)?(${builtinModules.join('|')})$`,
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'database-through-module-tx',
      comment:
        'Modules reach the database only through ModuleTx, so that role, transaction and retries stay with the platform. Write the SQL with tx.query and tx.execute; typeorm is for the types of migrations.',
      severity: 'error',
      from: { path: MODULE, pathNot: TESTS },
      to: {
        path: '(^|/)node_modules/(@types/)?(pg|pg-copy-streams|typeorm|@nestjs/typeorm)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kafka-in-one-folder',
      comment:
        'kafkajs will be replaced one day, so it is known in libs/platform/src/kafka-source/ only. Use the transport behind it.',
      severity: 'error',
      from: { pathNot: '^libs/platform/src/kafka-source/' },
      to: { path: '(^|node_modules/)kafkajs' },
    },
    {
      name: 'apps-use-entries',
      comment:
        "Apps compose libraries through '@orderkeel/<name>' and '@orderkeel/<name>/contract'. Export from the entry what an app is meant to use.",
      severity: 'error',
      from: { path: '^apps/', pathNot: TESTS },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/(contract/)?index\\.ts$' },
    },
    {
      name: 'infra-knows-no-module',
      comment:
        'What starts the stack knows the server app, and of the libraries the embedded PostgreSQL and the connector file only. Ask the server app for what is missing, through its entry.',
      severity: 'error',
      from: { path: '^infra/', pathNot: TESTS },
      to: {
        path: ['^libs/', '^apps/'],
        pathNot: '^(apps/server/|libs/platform/src/(postgres|change-stream/connector)/)',
      },
    },
    {
      name: 'product-knows-no-infra',
      comment:
        'The product runs wherever Kafka and Debezium run, and finds a stack of ours by the stack.json in the data folder. Read that file, or put what both need into a library.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TESTS },
      to: { path: '^infra/' },
    },
    {
      name: 'libs-know-no-app',
      comment: 'Libraries are composed by the apps and never import them. Move the shared part into a library.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'sources-know-no-test',
      comment: 'What ships must not import specs or test support. Move what both need out of the test.',
      severity: 'error',
      from: { path: '^(apps|libs|infra)/', pathNot: TESTS },
      to: { path: ['^test/', ...TESTS] },
    },
    {
      name: 'sources-need-no-dev-dependency',
      comment:
        'This package is a development dependency and is missing in production. Move it to dependencies with its exact version.',
      severity: 'error',
      from: { path: '^(apps|libs|infra)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    ...declaredImports,
  ],
  options: {
    tsConfig: { fileName: fileURLToPath(new URL('tsconfig.json', import.meta.url)) },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/architecture/probes)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
