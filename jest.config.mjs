// @ts-check
import {createDefaultEsmPreset} from 'ts-jest'

const project = (/** @type {string} */ name, /** @type {string[]} */ testMatch) => ({
  displayName: name,
  ...createDefaultEsmPreset({tsconfig: 'tsconfig.json', diagnostics: false}),
  testMatch,
  testEnvironment: 'node',
  modulePathIgnorePatterns: [
    '<rootDir>/out/',
    '<rootDir>/.cache/',
    '<rootDir>/examples/',
    '<rootDir>/tests/fixtures/repositories/',
    '<rootDir>/dist/',
  ],
})

export default {
  projects: [
    project('unit', ['<rootDir>/{packages,actions}/*/src/**/*.test.ts', '<rootDir>/tests/repository/*.test.ts']),
    project('bundle', ['<rootDir>/tests/bundle/**/*.test.ts']),
    project('end-to-end', ['<rootDir>/tests/end-to-end/**/*.test.ts']),
  ],
  testTimeout: 20_000,
}
