// What a browser or a client makes use of; everything else is bytes.
const types: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.html': 'text/html',
  '.xml': 'application/xml',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.sh': 'text/x-shellscript',
  '.rb': 'text/x-ruby',
  '.gz': 'application/gzip',
  '.tgz': 'application/gzip',
  '.tar': 'application/x-tar',
  '.xz': 'application/x-xz',
  '.zst': 'application/zstd',
  '.zip': 'application/zip',
  '.whl': 'application/zip',
  '.mcpb': 'application/zip',
  '.deb': 'application/vnd.debian.binary-package',
  '.rpm': 'application/x-rpm',
  '.pem': 'application/x-pem-file',
  '.asc': 'application/pgp-signature',
  '.sig': 'application/octet-stream',
}

/** The media type of a file by its name. */
export function contentType(name: string): string {
  const extension = /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? ''
  return types[extension] ?? (/sums?$/i.test(name) ? 'text/plain' : 'application/octet-stream')
}
