// @ts-check
import {defineConfig} from 'eslint/config'
import tseslint from 'typescript-eslint'

const noDeepImports = {
  patterns: [
    {group: ['../../*', '@mcp-release/*/src/*'], message: 'Import a package by its public name.'},
    {
      group: ['@mcp-release/action-*', '!@mcp-release/action-kit', '!@mcp-release/action-kit/*'],
      message: 'An action never imports another action.',
    },
  ],
}
const world = {
  paths: ['fs', 'node:fs', 'node:fs/promises', 'child_process', 'node:child_process'].map(name => ({
    name,
    message: 'The world comes in through Host.',
  })),
}

export default defineConfig(
  {ignores: ['dist/', 'out/', '.cache/', 'examples/', 'coverage/', '**/*.gen.ts']},
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {parserOptions: {project: './tsconfig.json', tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true, allowBoolean: true}],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/dot-notation': ['error', {allowIndexSignaturePropertyAccess: true}],
      'no-restricted-imports': ['error', noDeepImports],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_$'},
      ],
      'max-lines': ['error', 450],
      eqeqeq: 'error',
    },
  },
  {
    files: ['actions/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', {...noDeepImports, ...world}],
      'no-restricted-properties': [
        'error',
        {object: 'process', property: 'env', message: 'The world comes in through Host.'},
        {object: 'Date', property: 'now', message: 'The world comes in through Host.'},
      ],
      'no-restricted-globals': ['error', {name: 'fetch', message: 'The world comes in through Host.'}],
    },
  },
  {
    files: ['{actions,packages}/*/src/**/*.ts'],
    ignores: [
      'packages/action-kit/**',
      'packages/tools/**',
      'packages/github/**',
      '**/*.test.ts',
      'packages/test-stand/**',
    ],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {paths: ['@actions/core', '@actions/exec', '@actions/github', '@actions/tool-cache'], patterns: []},
      ],
    },
  },
)
