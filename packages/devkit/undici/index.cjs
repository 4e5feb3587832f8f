// @ts-check
// What the toolkit's libraries import from undici, see docs/decisions/0015. Requests that may have to go through a proxy are
// made with `HttpClient` of @actions/http-client, which needs nothing of this.

/** @param {string} url @param {{dispatcher?: unknown}} [options] */
exports.fetch = (url, options) => {
  if (options?.dispatcher !== undefined) throw new Error(`${url}: Node's fetch does not know the proxy; use HttpClient`)
  return globalThis.fetch(url, /** @type {RequestInit} */ (options))
}

/** Made at load when there is a proxy, and refused by `fetch`. */
exports.ProxyAgent = class ProxyAgent {}
