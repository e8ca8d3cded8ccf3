import type {ServedTool} from './served-tool.js'
import {alertConfirm, alertDismiss, alertRaise, alertsList} from './tools/alerts.js'
import {context} from './tools/context.js'
import {emailShow, emailTriage} from './tools/email.js'
import {guardCheck} from './tools/guard.js'
import {heartbeat} from './tools/heartbeat.js'
import {inboxList, inboxRead} from './tools/inbox.js'
import {logAppend, logRead} from './tools/log.js'
import {memoryAdd, memoryShow} from './tools/memory.js'
import {messageDone, messageSend} from './tools/message.js'
import {reviewList} from './tools/review.js'
import {status} from './tools/status.js'
import {workstateShow} from './tools/workstate.js'

/** All tools of `mcos mcp`, in the order in which clients list them. What only a person may do is none of them. */
export const SERVED_TOOLS: readonly ServedTool[] = [
  inboxList,
  inboxRead,
  messageSend,
  messageDone,
  logAppend,
  logRead,
  memoryShow,
  memoryAdd,
  workstateShow,
  context,
  alertsList,
  alertRaise,
  alertConfirm,
  alertDismiss,
  reviewList,
  status,
  heartbeat,
  guardCheck,
  emailTriage,
  emailShow,
]
