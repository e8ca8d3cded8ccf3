import {EXIT, type ExitCode} from '../../kit/errors.js'
import type {ActionsReport, TriageReport} from '../../mail/report.js'

/** 1 when an account or an action failed; one that another process reads just now, or that is left alone, did not. */
export function exitOfTriage({accounts, verdicts}: TriageReport): ExitCode {
  const isRead = accounts.every(({state}) => state !== 'failed')
  const isDone = verdicts.every(({actions}) => actions.every(({state}) => state !== 'failed'))
  return isRead && isDone ? EXIT.done : EXIT.failed
}

/** 3 when a stop came in between, 1 when an account or an action failed. */
export function exitOfActions({actions, troubles, is_stopped}: ActionsReport): ExitCode {
  if (is_stopped) return EXIT.refused
  return troubles.length === 0 && actions.every(({state}) => state !== 'failed') ? EXIT.done : EXIT.failed
}
