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
  const [read, list, search, write, send, remember, workstate, task, alert, answer, run, http, guardrails, mail] =
    await Promise.all([
      import('./tools/read-file.js'),
      import('./tools/list-folder.js'),
      import('./tools/search-files.js'),
      import('./tools/write-file.js'),
      import('./tools/send-message.js'),
      import('./tools/remember.js'),
      import('./tools/workstate.js'),
      import('./tools/create-task.js'),
      import('./tools/raise-alert.js'),
      import('./tools/answer-alert.js'),
      import('./tools/run-program.js'),
      import('./tools/http-get.js'),
      import('./tools/guardrails.js'),
      import('./tools/mail.js'),
    ])
  return [
    read.readTool,
    list.listTool,
    search.searchTool,
    write.writeTool,
    write.editTool,
    ...TOOLS,
    send.sendMessageTool,
    remember.rememberTool,
    workstate.workstateTool,
    task.createTaskTool,
    alert.raiseAlertTool,
    answer.confirmAlertTool,
    answer.dismissAlertTool,
    run.runTool,
    http.httpGetTool,
    guardrails.proposeGuardrailTool,
    mail.readMailTool,
    mail.doMailTool,
  ]
}
