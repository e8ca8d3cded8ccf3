import {isUserError} from '../../kit/errors.js'
import {workstateFolder, workstatePath} from '../../memory/workstate/path.js'
import {standingInstructions} from '../../memory/workstate/standing.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {parseWorkstate, salvageWorkstate} from '../../workspace/workstate-file.js'
import {agentOfSession, type HookPlace} from './agent.js'
import {type HookAnswer, parseHookEvent, SILENCE} from './event.js'

/** When a host begins a session: what the agent is in the middle of, and what people have laid down in any conversation. */
export async function hookSessionStart(input: string, place: HookPlace): Promise<HookAnswer> {
  try {
    const call = parseHookEvent(input)
    const found = await agentOfSession(call?.cwd ?? process.cwd(), place)
    // What is there by now is not this session's doing.
    if (found !== null && call !== null && call.session !== null)
      await (await import('../audit/audit-session.js')).beginAudit(found.fleet, found.agent, call.session)
    const text = found === null ? '' : contextOf(found.fleet, found.agent)
    return text === '' ? SILENCE : answer(text)
  } catch (error) {
    return answer(
      `mcos could not read what this agent is in the middle of: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function answer(text: string): HookAnswer {
  const json = {hookSpecificOutput: {hookEventName: 'SessionStart', additionalContext: text}}
  return {exit: 0, stdout: `${JSON.stringify(json)}\n`, stderr: ''}
}

function contextOf(fleet: Fleet, agent: AgentEntry): string {
  const own = workstatePath(agent, null)
  const {files} = fleet.home
  const chats = files.list(workstateFolder(agent)).filter(({name, kind}) => kind === 'file' && name.endsWith('.md'))
  const text = files.readText(own)?.trim() ?? ''
  const said = chats.flatMap(({name}) => standingIn(fleet, `${workstateFolder(agent)}/${name}`))
  const lines = [...new Set(said)].filter((line) => !text.includes(line))
  return [
    ...(text === '' ? [] : [`You go on from here (${own}):`, text]),
    ...(lines.length === 0
      ? []
      : [
          '',
          'Said by people in other conversations, and it holds until they lift it:',
          ...lines.map((line) => `- ${line}`),
        ]),
  ]
    .join('\n')
    .trim()
}

function standingIn({home}: Fleet, path: string): string[] {
  const text = home.files.readText(path) ?? ''
  try {
    return standingInstructions(parseWorkstate(text, path))
  } catch (error) {
    if (!isUserError(error)) throw error
    const still = standingInstructions(salvageWorkstate(text).state)
    return [...still, `${path} can't be read, and may hold more: ${error.message}`]
  }
}
