import type {Dice} from './dice.js'
import {MAX_TOKENS} from './forgetting-helpers.js'
import {noise} from './forgetting-noise.js'
import {type ModelFleet, makeModelFleet} from './model-fleet.js'

/** How many pages of the archive there are. */
export const PAGES = 12
/** Of a piece of work, in which there are only so many calls. */
export const SMALL_WINDOW = 13_000
const PAGE_BYTES = 14_000

/** A fleet of one agent whose window is small, so that a talk of an hour is as long as one of a month. */
export function makeForgetfulFleet(url: string, chance: Dice, window: number): ModelFleet {
  const pages = Array.from({length: PAGES}, (_, at) => [
    `workspaces/donna/archive/${at}.md`,
    noise(chance).page(PAGE_BYTES),
  ])
  return makeModelFleet(['donna', 'jarvis'], {
    'mcos.yaml': `version: 1
name: northwind
timezone: UTC
people: { ada: { approves: [all], via: [terminal] } }
engines:
  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${url}", key: env:KEY, context: ${window}, max_tokens: ${MAX_TOKENS}, timeout: 5s }
routes: { default: [claude] }
`,
    'workspaces/donna/SOUL.md':
      '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  may: [message]\n---\n# Donna\n\nKeeps the correspondence of a heating company.\n',
    'workspaces/donna/MEMORY.md': '# MEMORY.md\n',
    'workspaces/jarvis/SOUL.md': '# Jarvis\n',
    ...Object.fromEntries(pages),
  })
}
