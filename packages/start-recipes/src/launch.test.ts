import {expect, test} from '@jest/globals'
import {launchOf, strangerOf} from './launch'
import type {StartTarget} from './target'

const npm: StartTarget = {
  ecosystem: 'npm',
  name: '@acme/weather-server',
  path: '.',
  executables: ['weather-mcp'],
  entries: ['dist/index.js'],
  scripts: {start: 'node dist/index.js --stdio', 'start:http': 'PORT=1 node ./dist/index.js --http', lint: 'eslint .'},
  alone: true,
}
const python: StartTarget = {
  ecosystem: 'pypi',
  name: 'weather-server',
  path: '.',
  executables: ['weather-mcp'],
  entries: ['weather_server.cli'],
  modules: ['weather_server'],
  extras: ['cli', 'http'],
  scripts: {serve: 'python -m weather_server --stdio'},
  alone: true,
}
const go: StartTarget = {
  ecosystem: 'go',
  name: 'weather-mcp',
  path: '.',
  executables: ['weather-mcp'],
  importPath: 'example.com/acme/weather/cmd/server',
  main: './cmd/server',
  alone: true,
}
const cargo: StartTarget = {
  ecosystem: 'cargo',
  name: 'weather-mcp',
  crate: 'weather',
  path: 'crates/server',
  executables: ['weather-mcp'],
  alone: true,
}
const image: StartTarget = {ecosystem: 'oci', name: 'weather-server', path: '.', executables: [], alone: true}

const shown = (line: string | readonly string[], target: StartTarget) => {
  const launch = launchOf(typeof line === 'string' ? line.split(' ') : line, target)
  if (launch === undefined) return 'none'
  const {args, env, by, extras, with: beside} = launch
  const more = [
    ...(extras === undefined ? [] : [`[${extras.join()}]`]),
    ...(beside === undefined ? [] : [`+${beside.join(' +')}`]),
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
  ]
  return [by, ...more, ...args].join(' ')
}

// https://docs.npmjs.com/cli/commands/npm-exec, https://pnpm.io/cli/dlx, https://yarnpkg.com/cli/dlx, https://bun.com/docs/cli/bunx,
// https://docs.deno.com/runtime/reference/cli/run/, https://nodejs.org/api/cli.html
test.each([
  ['npx -y @acme/weather-server stdio', 'own stdio'],
  ['npx -y @acme/weather-server@latest stdio', 'own stdio'],
  ['npx --yes --package=@acme/weather-server@2 weather-mcp stdio', 'own stdio'],
  ['npx -p @acme/weather-server -p left-pad weather-mcp stdio', 'own stdio'],
  ['npx -p @acme/weather-server other-command stdio', 'none'],
  [['npx', '-p', '@acme/weather-server', '-c', 'weather-mcp stdio'], 'own stdio'],
  ['npm exec --package=@acme/weather-server -- weather-mcp stdio', 'own stdio'],
  ['npm exec -y -- @acme/weather-server stdio', 'own stdio'],
  ['npx -y github:acme/weather-server stdio', 'own stdio'],
  ['npx -y acme/weather-server stdio', 'own stdio'],
  ['npx -y /path/to/weather-server stdio', 'own stdio'],
  ['npx -y tsx /path/to/weather/src/index.ts stdio', 'own stdio'],
  ['bunx --bun @acme/weather-server stdio', 'own stdio'],
  ['bunx -p @acme/weather-server weather-mcp stdio', 'own stdio'],
  ['bun x @acme/weather-server stdio', 'own stdio'],
  ['bun run src/index.ts stdio', 'own stdio'],
  ['bun --cwd /x run start', 'own --stdio'],
  ['pnpm dlx @acme/weather-server stdio', 'own stdio'],
  ['pnpm --package=@acme/weather-server dlx weather-mcp stdio', 'own stdio'],
  ['pnpm --dir /x exec weather-mcp stdio', 'own stdio'],
  ['yarn dlx -q @acme/weather-server stdio', 'own stdio'],
  ['yarn dlx -p @acme/weather-server weather-mcp stdio', 'own stdio'],
  ['yarn --cwd /x weather-mcp stdio', 'own stdio'],
  ['deno run -A npm:@acme/weather-server@1 stdio', 'own stdio'],
  ['deno run --allow-net --allow-env=A src/index.ts stdio', 'own stdio'],
  ['deno run jsr:@acme/weather-server stdio', 'related stdio'],
  ['node /path/to/weather/dist/index.js stdio', 'own stdio'],
  ['node --env-file .env --enable-source-maps C:\\weather\\dist\\index.js stdio', 'own stdio'],
  ['node dist stdio', 'own stdio'],
  ['node ./node_modules/@acme/weather-server/dist/index.js stdio', 'own stdio'],
  ['node ./node_modules/other/dist/index.js stdio', 'none'],
  ['node scripts/build.js', 'none'],
  // A script is what package.json has it run (https://docs.npmjs.com/cli/commands/npm-run); npm takes options before `--`.
  ['npm start', 'own --stdio'],
  ['npm --prefix /path/to/weather run --silent start -- --verbose', 'own --stdio --verbose'],
  ['npm run start --verbose', 'own --stdio'],
  ['pnpm -C /x run start:http', 'own PORT=1 --http'],
  ['yarn start --verbose', 'own --stdio --verbose'],
  ['npm run lint', 'none'],
  ['npm run build', 'none'],
])('of a package of npm, %j gives %s', (line, expected) => {
  expect(shown(line, npm)).toBe(expected)
})

// https://docs.astral.sh/uv/guides/tools/, https://docs.astral.sh/uv/reference/cli/, https://pipx.pypa.io/stable/docs/#pipx-run,
// https://python-poetry.org/docs/cli/#run, https://hatch.pypa.io/latest/cli/reference/#hatch-run, https://pdm-project.org/latest/reference/cli/,
// https://pixi.sh/latest/reference/cli/pixi/run/, https://docs.conda.io/projects/conda/en/latest/commands/run.html
test.each([
  ['uvx weather-server stdio', 'own stdio'],
  ['uvx weather_server@latest stdio', 'own stdio'],
  ['uvx weather-server[cli]@latest stdio', 'own [cli] stdio'],
  ['uvx --from weather-server[cli,http]==1.0 weather-mcp stdio', 'own [cli,http] stdio'],
  ['uvx --from=weather-server[cli]>=1,<2 weather-mcp stdio', 'own [cli] stdio'],
  ['uvx --with httpx<1 --with rich,anyio[trio] weather-server stdio', 'own +httpx<1 +rich +anyio[trio] stdio'],
  ['uvx --from git+https://example.com/acme/weather[cli] weather-mcp stdio', 'own stdio'],
  [['uvx', '--from', 'weather-server[cli] @ git+https://example.com/x', 'weather-mcp', 'stdio'], 'own [cli] stdio'],
  ['uvx --from /path/to/weather[cli] weather-mcp stdio', 'own [cli] stdio'],
  ['uvx git+https://example.com/acme/weather stdio', 'own stdio'],
  ['uvx --from weather-server python -m weather_server.cli stdio', 'own stdio'],
  ['uvx --from weather-server other-command stdio', 'none'],
  ['uvx --from other weather-mcp stdio', 'none'],
  ['uv tool run --from weather-server[cli] weather-mcp stdio', 'own [cli] stdio'],
  ['pipx run weather-server stdio', 'own stdio'],
  ['pipx run --spec weather-server[cli]==1 weather-mcp stdio', 'own [cli] stdio'],
  ['uv --directory /x run weather-mcp stdio', 'own stdio'],
  ['uv run --extra cli --extra http weather-mcp stdio', 'own [cli,http] stdio'],
  ['uv run --all-extras weather-mcp stdio', 'own [cli,http] stdio'],
  ['uv run --with httpx --with-editable . weather-mcp stdio', 'own +httpx stdio'],
  ['uv run --no-project --with weather-server[cli] weather-mcp stdio', 'own [cli] stdio'],
  ['uv run --package weather-server weather-mcp stdio', 'own stdio'],
  ['uv run --package other weather-mcp stdio', 'none'],
  ['uv run -m weather_server stdio', 'own stdio'],
  ['uv run /path/to/server.py stdio', 'own stdio'],
  ['uv run --with mcp[cli] mcp run /path/to/server.py', 'own +mcp[cli]'],
  ['uv run --with fastmcp fastmcp run server.py:mcp -- stdio', 'own +fastmcp stdio'],
  ['uvx fastmcp run server.py', 'own'],
  ['fastmcp run server.py --transport http', 'none'],
  ['poetry -C /x run weather-mcp stdio', 'own stdio'],
  ['poetry run python -m weather_server stdio', 'own stdio'],
  ['hatch run weather-mcp stdio', 'own stdio'],
  ['hatch -e prod run prod:weather-mcp stdio', 'own stdio'],
  ['hatch run serve', 'own --stdio'],
  ['pdm run -p /x weather-mcp stdio', 'own stdio'],
  ['pdm run serve --verbose', 'own --stdio --verbose'],
  ['pixi run --manifest-path /x/pixi.toml -e default weather-mcp stdio', 'own stdio'],
  ['conda run -n weather --no-capture-output weather-mcp stdio', 'own stdio'],
  ['conda run --name weather -- python -m weather_server stdio', 'own stdio'],
  ['micromamba run -n weather weather-mcp stdio', 'own stdio'],
  ['pipenv run weather-mcp stdio', 'own stdio'],
  ['python -m weather_server stdio', 'own stdio'],
  ['python3.12 -u -X dev -mweather_server.cli stdio', 'own stdio'],
  ['py -3.12 -m weather_server stdio', 'own stdio'],
  ['C:\\x\\.venv\\Scripts\\pythonw.exe -m weather_server stdio', 'own stdio'],
  ['python /abs/path/server.py stdio', 'own stdio'],
  ['python /abs/path/weather_server stdio', 'own stdio'],
  ['python -m pip install weather-server', 'none'],
  ['python -m http.server', 'none'],
  ['python setup.py install', 'none'],
  ['uv run scripts/seed.py', 'none'],
])('of a package of Python, %j gives %s', (line, expected) => {
  expect(shown(line, python)).toBe(expected)
})

// https://pkg.go.dev/cmd/go#hdr-Compile_and_run_Go_program, https://doc.rust-lang.org/cargo/commands/cargo-run.html
test.each<[string, StartTarget, string]>([
  ['go run ./cmd/server stdio', go, 'own stdio'],
  ['go run -tags x /path/to/weather/cmd/server/ stdio', go, 'own stdio'],
  ['go run cmd/server/main.go stdio', go, 'own stdio'],
  ['go run -C /x ./cmd/server stdio', go, 'own stdio'],
  ['go run example.com/acme/weather/cmd/server@latest stdio', go, 'own stdio'],
  ['go run example.com/other/weather-mcp@latest stdio', go, 'none'],
  ['go run ./cmd/generate stdio', go, 'none'],
  ['go run . stdio', {...go, main: '.', importPath: 'example.com/acme/weather'}, 'own stdio'],
  ['go run main.go util.go stdio', {...go, main: '.'}, 'own stdio'],
  ['cargo run --release -- stdio', cargo, 'own stdio'],
  ['cargo run -q stdio', cargo, 'own stdio'],
  ['cargo +nightly run -p weather --features a,b -- stdio', cargo, 'own stdio'],
  ['cargo run --manifest-path /x/Cargo.toml --bin weather-mcp -- stdio', cargo, 'own stdio'],
  ['cargo run --bin other -- stdio', cargo, 'none'],
  ['cargo run --example weather-mcp -- stdio', cargo, 'none'],
  ['nix run github:acme/weather -- stdio', cargo, 'own stdio'],
  ['nix run nixpkgs#uv -- run weather-mcp stdio', python, 'own stdio'],
])('%s gives %s', (line, target, expected) => {
  expect(shown(line, target)).toBe(expected)
})

// https://docs.docker.com/reference/cli/docker/container/run/, https://docs.docker.com/reference/cli/docker/compose/run/
test.each<[string, StartTarget, string]>([
  [
    'docker run -i --rm --pull always -eTOKEN=a -e LEVEL=b acme/weather-server:1 stdio',
    image,
    'own TOKEN=a LEVEL=b stdio',
  ],
  ['podman --log-level debug run -i ghcr.io/acme/weather-server stdio', image, 'own stdio'],
  ['docker compose -f compose.yaml run --rm -T weather-server stdio', image, 'own stdio'],
  ['docker-compose run --rm mcp stdio', image, 'own stdio'],
  ['docker compose run redis stdio', image, 'none'],
  ['docker run -i --entrypoint node acme/weather-server dist/index.js stdio', npm, 'image stdio'],
  ['docker run -i --entrypoint node acme/weather-server dist/index.js stdio', image, 'none'],
  ['docker exec -i container weather-mcp stdio', npm, 'own stdio'],
  ['docker mcp gateway run', image, 'none'],
])('%s gives %s', (line, target, expected) => {
  expect(shown(line, target)).toBe(expected)
})

// https://mise.jdx.dev/cli/exec.html, https://learn.microsoft.com/windows/wsl/basic-commands
test.each([
  ['cmd /c npx -y @acme/weather-server stdio', 'own stdio'],
  [['cmd.exe', '/d', '/s', '/C', 'npx -y @acme/weather-server stdio'], 'own stdio'],
  [['powershell', '-NoProfile', '-Command', '& npx -y @acme/weather-server stdio'], 'own stdio'],
  ['wsl npx -y @acme/weather-server stdio', 'own stdio'],
  ['wsl.exe -d Ubuntu --cd ~ -- npx -y @acme/weather-server stdio', 'own stdio'],
  [['wsl', '-e', 'bash', '-lc', 'source ~/.nvm/nvm.sh && npx -y @acme/weather-server stdio'], 'own stdio'],
  [['/bin/bash', '-lc', "cd /x && export A='b c' && exec npx -y @acme/weather-server stdio"], 'own A=b c stdio'],
  [['zsh', '-lic', 'npm install && A=b node dist/index.js stdio | tee log'], 'own A=b stdio'],
  ['mise x node@22 -- npx -y @acme/weather-server stdio', 'own stdio'],
  [['mise', 'exec', 'node@22', '-c', 'npx -y @acme/weather-server stdio'], 'own stdio'],
  ['fnm exec --using=22 npx -y @acme/weather-server stdio', 'own stdio'],
  ['volta run --node 22 npx -y @acme/weather-server stdio', 'own stdio'],
  ['env -u X A=b npx -y @acme/weather-server stdio', 'own A=b stdio'],
  ['npx -y cross-env A=b npx -y @acme/weather-server stdio', 'own A=b stdio'],
  ['npx -y dotenv-cli -e .env -- npx -y @acme/weather-server stdio', 'own stdio'],
  ['op run --env-file=.env -- npx -y @acme/weather-server stdio', 'own stdio'],
  ['timeout -k 1 30 npx -y @acme/weather-server stdio', 'own stdio'],
  ['uvx mcpo --port 8000 -- npx -y @acme/weather-server stdio', 'own stdio'],
  [['npx', '-y', 'supergateway', '--stdio', 'npx -y @acme/weather-server stdio'], 'own stdio'],
  ['npx @modelcontextprotocol/inspector -e A=b npx @acme/weather-server stdio', 'own A=b stdio'],
  [['bash', '/path/to/run.sh'], 'none'],
  [['sh', '-c', 'true && false'], 'none'],
])('inside of %j, the command is found: %s', (line, expected) => {
  expect(shown(line, npm)).toBe(expected)
})

// What a launcher fetches by name is compared with the names that the repository publishes.
test.each<[string, StartTarget, string]>([
  ['npx -y weather-mcp', npm, 'npm:weather-mcp'],
  ['npx -y @other/weather-server', npm, 'npm:@other/weather-server'],
  ['npx -y weather-server', npm, 'npm:weather-server'],
  ['cmd /c bunx weather-mcp@latest', npm, 'npm:weather-mcp'],
  ['pnpm dlx weather-mcp', {...npm, installed: true}, 'npm:weather-mcp'],
  ['npx weather-mcp', {...npm, installed: true}, 'own'],
  ['deno run -A npm:weather-mcp', npm, 'npm:weather-mcp'],
  ['uvx weather-mcp', python, 'pypi:weather-mcp'],
  ['uvx --from weather-mcp weather-mcp', python, 'pypi:weather-mcp'],
  ['uvx --from weather-server wether', python, 'pypi:weather-server wether'],
  ['pipx run weather_mcp', python, 'pypi:weather_mcp'],
  ['go run example.com/acme/weather@latest', go, 'go:example.com/acme/weather'],
  ['npx -y weather-server', python, 'npm:weather-server'],
  // Another package of the same repository is no stranger.
  ['npx -y weather-mcp', {...npm, published: [{ecosystem: 'npm', name: 'weather-mcp'}]}, 'none'],
  ['npx -y weather-server', {...python, published: [{ecosystem: 'npm', name: 'weather-server'}]}, 'related'],
  // Executables are wrapped into packages that no manifest tells of.
  ['npx -y @acme/weather-mcp', go, 'related'],
  ['uvx weather-mcp', cargo, 'related'],
])('%s is %s', (line, target, expected) => {
  const argv = line.split(' ')
  const stranger = strangerOf(argv, target)
  const named =
    stranger === undefined
      ? undefined
      : [`${stranger.fetches}:${stranger.name}`, ...(stranger.command === undefined ? [] : [stranger.command])].join(
          ' ',
        )
  expect(named ?? shown(argv, target)).toBe(expected)
})
