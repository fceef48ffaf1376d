// Lint rules that only this project has. Each message says what to do instead.
import { basename } from 'node:path';

/** A name that says nothing becomes a magnet (style.md, "A module's folder"). */
const EMPTY_NAMES = /(^|[/.-])(utils?|common|helpers?|managers?|services?|misc)([/.-]|$)/i;

const meaningfulFileNames = {
  meta: {
    type: 'problem',
    messages: { empty: '"{{part}}" says nothing about what is in this file: name it after what it does.' },
    schema: [],
  },
  create: (context) => ({
    Program(node) {
      const own =
        /(?:^|\/)((?:apps|libs|test|bench|infra|tools)\/.*)$/.exec(context.filename)?.[1] ?? basename(context.filename);
      const part = EMPTY_NAMES.exec(own)?.[2];
      if (part) context.report({ node, messageId: 'empty', data: { part } });
    },
  }),
};

const documentedExports = {
  meta: {
    type: 'problem',
    messages: {
      undocumented:
        'Exported, but without a /** comment */: say what it promises, units, errors, the source of its rule.',
    },
    schema: [],
  },
  create: (context) => ({
    'ExportNamedDeclaration[declaration]'(node) {
      const first = node.declaration.decorators?.[0] ?? node;
      const comments = context.sourceCode.getCommentsBefore(first.range[0] < node.range[0] ? first : node);
      const comment = comments.findLast(({ value }) => !value.trim().startsWith('eslint-'));
      if (comment?.type !== 'Block' || !comment.value.startsWith('*'))
        context.report({ node, messageId: 'undocumented' });
    },
  }),
};

/** The plugin; in the configuration its rules are called `house/...`. */
export const house = {
  rules: { 'meaningful-file-names': meaningfulFileNames, 'documented-exports': documentedExports },
};

/** Syntax that is refused, each with the way out. */
export const refusedSyntax = [
  {
    selector: 'CallExpression[callee.property.name=/^(save|orIgnore)$/]',
    message:
      'save() and orIgnore() do not say what they do under concurrency: write the SQL, with an explicit arbiter.',
  },
  {
    selector: 'BinaryExpression[operator="instanceof"][right.name=/^(Error|DatabaseError|QueryFailedError)$/]',
    message: 'Errors may come from another realm: classify them by `code` (see sqlstate.ts).',
  },
  ...['TemplateElement[value.raw=/\\bCOPY\\s.+\\bFROM\\b/i]', 'Literal[value=/\\bCOPY\\s.+\\bFROM\\b/i]'].map(
    (selector) => ({
      selector,
      message:
        'COPY gives all its rows one LSN, which a change stream cannot resume in: insert with unnest (insertRows).',
    }),
  ),
];

/** Only the module file declares a module. */
export const moduleDeclaredElsewhere = {
  selector: 'Decorator[expression.callee.name=/^(Module|OrderkeelModule)$/]',
  message: 'A module is declared in its *.module.ts and nowhere else: move the declaration there.',
};

const PURE = 'A decision is a pure function of its arguments: take the time, ids and settings as arguments.';

/** Names that a decision must not know. */
export const impureNames = [
  'performance',
  'process',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
].map((name) => ({ name, message: PURE }));

/** Ways of asking what time it is or of rolling dice; reading a time that was given is fine. */
export const impureCalls = [
  'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
].map((selector) => ({ selector, message: PURE }));
