import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { house, impureCalls, impureNames, moduleDeclaredElsewhere, refusedSyntax } from './tools/lint/house-rules.mjs';

const TESTS = ['**/*.spec.ts', 'test/**', '**/testing/**', '**/spec-support/**'];

/** style.md as rules; warnings do not exist, because nobody reads them. */
export default defineConfig(
  globalIgnores(['dist', '.dist-*', 'node_modules', '.orderkeel', 'coverage', 'test/architecture/probes']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,mjs,js}'],
    extends: [js.configs.recommended],
    plugins: { house },
    rules: {
      'house/meaningful-file-names': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...refusedSyntax, moduleDeclaredElsewhere],
    },
  },
  {
    files: ['**/*.{mjs,js}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An async method that needs no await still promises a promise, and turns a throw into a rejection.
      '@typescript-eslint/require-await': 'off',
      // What was caught, and may be anything, is thrown on as it is; what is thrown first is still an error.
      '@typescript-eslint/only-throw-error': 'off',
      'no-throw-literal': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: ['URL', 'URLSearchParams'] },
      ],
      // Ports are objects made of closures here, and are taken apart where they are used.
      '@typescript-eslint/unbound-method': 'off',
      'house/documented-exports': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.decide.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureNames],
      'no-restricted-syntax': ['error', ...refusedSyntax, moduleDeclaredElsewhere, ...impureCalls],
    },
  },
  { files: ['**/*.module.ts'], rules: { 'no-restricted-syntax': ['error', ...refusedSyntax] } },
  {
    files: TESTS,
    ignores: ['test/architecture/probes/**'],
    rules: {
      // A describe holds many tests, and a test may declare a module of its own.
      'max-lines-per-function': 'off',
      'house/documented-exports': 'off',
      // A spec that skips says so aloud.
      'no-console': 'off',
      'no-restricted-syntax': ['error', ...refusedSyntax],
    },
  },
);
