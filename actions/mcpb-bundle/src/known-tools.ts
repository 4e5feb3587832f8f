import {z} from 'zod'

/** What is read of the tools.json that mcp-verify writes. */
export const knownToolsSchema = z.looseObject({
  servers: z.array(
    z.looseObject({
      tools: z.array(
        z
          .looseObject({name: z.string(), description: z.string().optional()})
          .transform(({name, description}) => ({name, ...(description === undefined ? {} : {description})})),
      ),
    }),
  ),
})
