// @ts-check
import {defineConfig} from 'oxlint'

const deepImports = [
  {group: ['../../**', '@mcp-release/*/src/**'], message: 'Import a package by its public name.'},
  {
    group: ['@mcp-release/action-*', '!@mcp-release/action-kit', '!@mcp-release/action-kit/*'],
    message: 'An action never imports another action.',
  },
]
const runner = ['@actions/core', '@actions/exec', '@actions/github', '@actions/tool-cache'].map(name => ({
  name,
  message: 'Packages made for it speak with the runner.',
}))
const throughHost = {message: 'The world comes in through Host.'}
const world = ['fs', 'node:fs', 'node:fs/promises', 'child_process', 'node:child_process'].map(name => ({
  name,
  ...throughHost,
}))
// How many processors there are says nothing that a test would have to make up.
const machine = ['os', 'node:os'].map(name => ({
  name,
  importNames: ['homedir', 'tmpdir', 'platform', 'arch', 'hostname', 'userInfo'],
  ...throughHost,
}))

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc'],
  categories: {correctness: 'error'},
  ignorePatterns: [
    'dist/',
    'out/',
    '.cache/',
    'examples/',
    'tests/fixtures/repositories/',
    '**/*.gen.ts',
    '**/*.{js,cjs,mjs}',
  ],
  rules: {
    eqeqeq: 'error',
    'max-lines': ['error', 450],
    'no-array-constructor': 'error',
    'no-restricted-imports': ['error', {patterns: deepImports}],
    'no-unused-vars': ['error', {ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_$'}],
    'no-useless-constructor': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'prefer-rest-params': 'error',
    'prefer-spread': 'error',
    'typescript/ban-ts-comment': ['error', {minimumDescriptionLength: 10}],
    'typescript/consistent-type-imports': 'error',
    'typescript/dot-notation': ['error', {allowIndexSignaturePropertyAccess: true}],
    'typescript/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
    'typescript/no-deprecated': 'error',
    'typescript/no-dynamic-delete': 'error',
    'typescript/no-empty-object-type': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-extraneous-class': 'error',
    'typescript/no-generated-empty-object-type': 'error',
    'typescript/no-invalid-void-type': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-mixed-enums': 'error',
    'typescript/no-namespace': 'error',
    'typescript/no-non-null-asserted-nullish-coalescing': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-require-imports': 'error',
    'typescript/no-unnecessary-boolean-literal-compare': 'error',
    'typescript/no-unnecessary-condition': 'error',
    'typescript/no-unnecessary-template-expression': 'error',
    'typescript/no-unnecessary-type-arguments': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unnecessary-type-constraint': 'error',
    'typescript/no-unnecessary-type-conversion': 'error',
    'typescript/no-unnecessary-type-parameters': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-enum-assignment': 'error',
    'typescript/no-unsafe-enum-comparison': 'error',
    'typescript/no-unsafe-function-type': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-literal-enum-member': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/prefer-reduce-type-parameter': 'error',
    'typescript/prefer-return-this-type': 'error',
    'typescript/related-getter-setter-pairs': 'error',
    'typescript/require-await': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/unified-signatures': 'error',
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'typescript/restrict-plus-operands': [
      'error',
      {allowAny: false, allowBoolean: false, allowNullish: false, allowNumberAndString: false, allowRegExp: false},
    ],
    'typescript/restrict-template-expressions': ['error', {allowNumber: true, allowBoolean: true}],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    // Hostile text is full of control characters.
    'no-control-regex': 'off',
    // Arguments of programs stand in groups that belong together.
    'unicorn/no-useless-spread': 'off',
  },
  overrides: [
    {
      files: ['actions/*/src/**/*.ts'],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': ['error', {patterns: deepImports, paths: [...runner, ...world, ...machine]}],
        'no-restricted-properties': [
          'error',
          {object: 'process', property: 'env', ...throughHost},
          {object: 'process', property: 'report', ...throughHost},
          {object: 'Date', property: 'now', ...throughHost},
        ],
        'no-restricted-globals': ['error', {name: 'fetch', ...throughHost}],
      },
    },
    {
      files: ['packages/*/src/**/*.ts'],
      excludeFiles: ['packages/{action-kit,tools,github,test-stand}/**', '**/*.test.ts'],
      rules: {'no-restricted-imports': ['error', {patterns: deepImports, paths: runner}]},
    },
  ],
})
