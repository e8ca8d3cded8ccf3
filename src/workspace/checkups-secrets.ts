import {examineSecrets} from './examine-secrets.js'
import type {Fleet} from './fleet.js'
import {type Checkup, count, editCommand, type Trouble} from './health.js'
import {type AgentSoul, readSouls} from './read-souls.js'
import {sharedTokens} from './shared-tokens.js'

const populated: Checkup = {
  id: 'secrets',
  title: 'Every secret that is referred to is there, and looks like one',
  means: 'An empty secret fails at the moment it is needed, mostly at night.',
  async examine(fleet) {
    const all = await examineSecrets(fleet)
    const untried = all.filter(({value, trouble}) => value === null && trouble === null).length
    const troubles = all.flatMap(({where, trouble}): Trouble[] => (trouble ? [toldOf(where, trouble)] : []))
    const note = untried > 0 ? `, ${untried} of them a command, which is not run here` : ''
    return {seen: `${count(all.length, 'reference')}${note}`, troubles}
  },
}

/** Where only words help, they stand with what is wrong, and the command shows all references. */
function toldOf(where: string, {message, fix}: {readonly message: string; readonly fix: string}): Trouble {
  const isCommand = /^(?:mcos|chmod|\$\{EDITOR)/.test(fix)
  const detail = `${where}: ${message}`
  if (isCommand) return {status: 'fail', detail, fix}
  const file = /\bfile:(\/\S+|~\/\S+) /.exec(`${message} `)?.[1]
  return {status: 'fail', detail: `${detail} ${fix}`, fix: file ? editCommand(file) : 'mcos secrets check'}
}

const ownTokens: Checkup = {
  id: 'tokens',
  title: 'No two agents share a token',
  means: 'With one token for two agents nobody can tell who spent it, nor shut out one of them.',
  async examine(fleet) {
    const owned = (await examineSecrets(fleet)).filter(({agent}) => agent !== null)
    const seen =
      owned.length === 0 ? 'no agent has a token of its own' : `${count(owned.length, 'token')}, each one agent's`
    const shared = sharedTokens(owned).map(
      ({detail, file}): Trouble => ({status: 'fail', detail, fix: editCommand(file)}),
    )
    return {seen, troubles: [...shared, ...sharedByFleet(fleet, await readSouls(fleet))]}
  },
}

/** Agents without a token of their own fall back on the fleet's, together. */
function sharedByFleet({home}: Fleet, souls: readonly AgentSoul[]): Trouble[] {
  return Object.entries(home.config.engines).flatMap(([engine, {key}]): Trouble[] => {
    const without = souls.filter(({soul}) => !Object.hasOwn(soul?.keys ?? {}, engine)).map(({agent}) => agent.name)
    if (key === null || without.length < 2) return []
    const detail = `${without.join(', ')} all use the fleet's token for ${engine}: give each its own under keys: in its SOUL.md`
    const [first] = souls.filter(({agent}) => agent.name === without[0])
    return [{status: 'warn', detail, fix: editCommand(first?.file ?? 'mcos.yaml')}]
  })
}

/** What secrets tell without being told. */
export const SECRET_CHECKUPS: readonly Checkup[] = [populated, ownTokens]
