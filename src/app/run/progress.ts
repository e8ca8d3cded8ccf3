import {workstatePath} from '../../memory/workstate/path.js'
import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import type {Workstate} from '../../workspace/workstate-file.js'
import type {TurnDone} from './turn-done.js'

/** What an episode found and what it left behind. */
export interface Progress {
  readonly before: Workstate | null
  readonly after: Workstate | null
  readonly done: TurnDone
}

/** Whether an episode got anywhere: a file, a message, a step of the plan, a decision or a fact; words alone are none. */
export function hasProgress(agent: AgentEntry, {before, after, done}: Progress): boolean {
  const {memoryFolder} = agentPaths(agent)
  const own = workstatePath(agent, null)
  const isWork = (path: string): boolean => path !== own && !isDailyLog(path, memoryFolder)
  return done.changed.some(isWork) || done.report.messages.length > 0 || known(before) !== known(after)
}

/** The agent has marked it as done, or somebody has taken it out of WORKSTATE.md meanwhile. */
export function isGoalReached({before, after, done}: Progress): boolean {
  if (done.isGoalDone) return true
  return done.report.end === 'done' && (before?.goal ?? '') !== '' && (after?.goal ?? '') === ''
}

function isDailyLog(path: string, memoryFolder: string): boolean {
  return path.startsWith(`${memoryFolder}/`) && /^\d{4}-\d\d-\d\d\.md$/.test(path.slice(memoryFolder.length + 1))
}

function known(state: Workstate | null): string {
  return JSON.stringify([state?.plan ?? [], state?.decisions ?? [], state?.facts ?? []])
}
