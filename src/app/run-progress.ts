import {workstatePath} from '../memory/workstate/path.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Workstate} from '../workspace/workstate-file.js'
import type {TurnDone} from './run-turn.js'

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

/** The goal was set and is gone: the agent has marked it done, or there was nothing to be left open. */
export function isGoalReached({after, done}: Pick<Progress, 'after' | 'done'>): boolean {
  return done.report.end === 'done' && (after === null || after.goal.trim() === '')
}

function isDailyLog(path: string, memoryFolder: string): boolean {
  return path.startsWith(`${memoryFolder}/`) && /^\d{4}-\d\d-\d\d\.md$/.test(path.slice(memoryFolder.length + 1))
}

function known(state: Workstate | null): string {
  return JSON.stringify([state?.plan ?? [], state?.decisions ?? [], state?.facts ?? []])
}
