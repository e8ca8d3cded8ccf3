import {agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {nearestName} from '../../workspace/names.js'
import {type AgentSoul, readSouls} from '../../workspace/read-souls.js'

const keys: Checkup = {
  id: 'soul-keys',
  title: 'Every key in the head of a SOUL.md is known',
  means: 'A key that nobody knows is a wish that nobody acts on, often a slip of one letter.',
  async examine(fleet) {
    const troubles = (await readSouls(fleet)).flatMap(({soul, file}) =>
      (soul?.unknown ?? []).map(({path, line, near}): Trouble => {
        const hint = near ? `; did you mean ${near}?` : ', and nothing acts on it'
        const detail = `${file}:${line}: ${path} is not a key mcos knows${hint}`
        return {status: 'warn', detail, fix: editCommand(file)}
      }),
    )
    return {seen: 'no unknown key', troubles}
  },
}

const names: Checkup = {
  id: 'soul-names',
  title: 'Every route, engine and server that a SOUL.md names is in mcos.yaml',
  means: 'The agent goes another way than its SOUL.md says, or without the tool it was meant to have.',
  async examine(fleet) {
    const troubles = (await readSouls(fleet)).flatMap((one) => [
      ...routeOf(fleet, one),
      ...enginesOf(fleet, one),
      ...serversOf(fleet, one),
    ])
    return {seen: 'each is', troubles}
  },
}

const mcpAgents: Checkup = {
  id: 'mcp-agents',
  title: 'Every MCP server is for agents that exist',
  means: 'Nobody gets the tools of a server that names no agent of this fleet.',
  examine({home}) {
    const agents = listAgents(home).map(({name}) => name)
    const troubles = Object.entries(home.config.mcp).flatMap(([server, {agents: wanted}]): Trouble[] => {
      const fix = editCommand(CONFIG_FILE)
      if (wanted.length === 0) return [{status: 'warn', detail: `mcp.${server} is for no agent`, fix}]
      return wanted
        .filter((name) => !agents.includes(name))
        .map((name) => ({
          status: 'warn',
          detail: `mcp.${server} is for ${name}, ${noSuch('agent', name, agents)}`,
          fix,
        }))
    })
    return {seen: 'it is', troubles}
  },
}

const approvers: Checkup = {
  id: 'approvers',
  title: 'Somebody can say yes to what agents have to ask for',
  means: 'An agent that asks waits until its request expires, and then the thing is not done.',
  async examine(fleet) {
    const {people} = fleet.home.config
    const asked = (await readSouls(fleet)).filter(({soul}) => (soul?.contract?.ask.length ?? 0) > 0)
    if (asked.length === 0) return {seen: 'nobody has to ask', troubles: []}
    const who = asked.map(({agent}) => agent.name).join(', ')
    const fix = editCommand(CONFIG_FILE)
    const approving = Object.entries(people).filter(([, {approves}]) => approves.length > 0)
    if (approving.length === 0) {
      const detail = `${who} must ask, and no person of ${CONFIG_FILE} approves anything`
      return {seen: '', troubles: [{status: 'warn', detail, fix}]}
    }
    const reached = approving.filter(([, {via}]) => via.length > 0).map(([name]) => name)
    if (reached.length > 0) return {seen: reached.join(', '), troubles: []}
    const detail = `${who} must ask, and ${approving.map(([name]) => name).join(', ')} can be reached in no way (via:)`
    return {seen: '', troubles: [{status: 'warn', detail, fix}]}
  },
}

const unlisted: Checkup = {
  id: 'unlisted-agents',
  title: 'Every workspace is an agent of mcos.yaml',
  means: 'A workspace that agents: leaves out is never served, without a word.',
  examine({home}) {
    const {agents} = home.config
    if (agents === null || home.files.stat('workspaces')?.kind !== 'folder') return {seen: 'each is', troubles: []}
    const listed = new Set(Object.values(agents).map(({path}) => path))
    const troubles = home.files.list('workspaces').flatMap(({name, kind}): Trouble[] => {
      const path = `workspaces/${name}`
      const {soul, heartbeat} = agentPaths({name, path})
      if (kind !== 'folder' || listed.has(path)) return []
      if (home.files.stat(soul) === null && home.files.stat(heartbeat) === null) return []
      const detail = `${path} looks like an agent, and agents: of ${CONFIG_FILE} doesn't name it`
      return [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]
    })
    return {seen: 'each is', troubles}
  },
}

/** What contracts and mcos.yaml say of each other. */
export const NAME_CHECKUPS: readonly Checkup[] = [keys, names, mcpAgents, approvers, unlisted]

function routeOf({home: {config}}: Fleet, {soul, file}: AgentSoul): Trouble[] {
  const route = soul?.route ?? null
  if (route === null || Object.hasOwn(config.routes, route)) return []
  const detail = `${file}: route: ${route}, ${noSuch('route', route, Object.keys(config.routes))}: it goes the default one`
  return [{status: 'warn', detail, fix: editCommand(file)}]
}

function enginesOf({home: {config}}: Fleet, {soul, file}: AgentSoul): Trouble[] {
  const engines = Object.keys(config.engines)
  return Object.keys(soul?.keys ?? {})
    .filter((engine) => !engines.includes(engine))
    .map((engine) => {
      const detail = `${file}: keys.${engine}, ${noSuch('engine', engine, engines)}: the token is never used`
      return {status: 'warn', detail, fix: editCommand(file)}
    })
}

function serversOf({home: {config}}: Fleet, {soul, file, agent}: AgentSoul): Trouble[] {
  const words = [...(soul?.contract?.may ?? []), ...(soul?.contract?.ask ?? [])]
  const servers = new Set(words.flatMap((word) => /^mcp\.([\w-]+)/.exec(word)?.[1] ?? []))
  return [...servers].flatMap((server): Trouble[] => {
    const known = config.mcp[server]
    if (known === undefined) {
      const detail = `${file}: mcp.${server}, ${noSuch('server', server, Object.keys(config.mcp))}`
      return [{status: 'warn', detail, fix: editCommand(file)}]
    }
    if (known.agents.includes(agent.name)) return []
    const detail = `${file}: mcp.${server}, and ${CONFIG_FILE} does not offer that server to ${agent.name}`
    return [{status: 'warn', detail, fix: editCommand(CONFIG_FILE)}]
  })
}

function noSuch(what: string, typed: string, known: readonly string[]): string {
  const near = nearestName(typed, known)
  return `and there is no such ${what}${near ? ` (${near}?)` : ''}`
}
