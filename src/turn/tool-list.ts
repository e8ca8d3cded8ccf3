import type {Tool} from './tool.js'
import {logTool} from './tools/log.js'
import {relayMessageTool} from './tools/relay-message.js'
import {finishMessageTool, quarantineMessageTool, readMessageTool} from './tools/shelve-message.js'

/** What the rules use: the only tools that every beat loads. */
export const TOOLS: readonly Tool[] = [
  logTool,
  readMessageTool,
  finishMessageTool,
  relayMessageTool,
  quarantineMessageTool,
]

/** All tools there are, for turns on a model. */
export async function loadTools(): Promise<readonly Tool[]> {
  return TOOLS
}
