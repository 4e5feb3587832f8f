import type {RetryPolicy} from '@mcp-release/publishing'

/** Fits registries that are away for some minutes. */
export const usualRetries: RetryPolicy = {attempts: 6, delay: 1_000, longestDelay: 20_000}
