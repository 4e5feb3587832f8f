/** The packages by which servers speak MCP: the official SDKs and what is most used above them. */
export const sdkPackages = {
  pypi: ['mcp', 'fastmcp'],
  npm: ['@modelcontextprotocol/sdk', '@modelcontextprotocol/server', 'fastmcp', 'mcp-framework'],
} as const
