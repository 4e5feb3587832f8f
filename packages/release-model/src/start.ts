import {z} from 'zod'

/** One argument or variable with which a server is started. */
export const startValue = z.strictObject({
  /** What is given when the server is verified; may hold `${port}`, `${folder}` and `${file}`. */
  value: z.string(),
  /**
   * `fixed`: everybody gives this value. `asked`: each user gives one of their own, and `value` is a made-up answer; a
   * bundle asks for it in its `user_config`.
   */
  origin: z.enum(['fixed', 'asked']),
  /** What the value is called: the flag before it, the variable, or the hint of server.json. */
  name: z.string().optional(),
  description: z.string().optional(),
  secret: z.boolean().optional(),
  /** What `value` begins with that is no part of the answer, such as `--root=`. */
  prefix: z.string().optional(),
  /** The shape of an answer; a string without it. */
  format: z.enum(['string', 'number', 'boolean', 'file', 'directory']).optional(),
})

/** How a package is started so that it speaks MCP, and where that was learnt. */
export const startRecipe = z.strictObject({
  /** Behind the package's command, one argument each. */
  args: z.array(startValue),
  /** By the variable's name. */
  env: z.record(z.string(), startValue),
  /** Python: the extras that the package is installed with, such as `cli` of `pkg[cli]`. */
  extras: z.array(z.string()).optional(),
  /** Python: the requirements that instructions install beside it (`--with`). */
  with: z.array(z.string()).optional(),
  transport: z.enum(['stdio', 'http']),
  /** HTTP: the path of the endpoint, such as `/mcp`. */
  path: z.string().optional(),
  /** HTTP: the port, when it is fixed and no argument holds `${port}`. */
  port: z.int().optional(),
  /** In words for people, such as `README.md, line 42` or `server.json, packages[0]`. */
  source: z.string(),
})

/** One argument or variable with which a server is started. */
export type StartValue = z.infer<typeof startValue>
/** How a package is started so that it speaks MCP, and where that was learnt. */
export type StartRecipe = z.infer<typeof startRecipe>
