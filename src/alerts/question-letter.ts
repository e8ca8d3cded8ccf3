import {cleanLine, shorten} from '../kit/text.js'
import type {Alert} from '../workspace/alert-file.js'
import type {AlertLevel} from '../workspace/soul.js'

/** A question about an alert, as a message or a page has it. */
export interface QuestionLetter {
  readonly subject: string
  readonly body: string
  readonly priority: 'normal' | 'high' | 'urgent'
}

const PRIORITY: Readonly<Record<AlertLevel, QuestionLetter['priority']>> = {
  P0: 'urgent',
  P1: 'high',
  P2: 'normal',
  P3: 'normal',
}

const LONGEST_LINE = 400
const MOST_LINES = 12

/** Puts a claim to whoever can answer it: what is said, by whom, on what evidence, and how to answer. */
export function questionLetter(
  alert: Pick<Alert, 'id' | 'by' | 'title' | 'evidence' | 'since' | 'origin'>,
  {
    level,
    clock = null,
    why = null,
  }: {readonly level: AlertLevel; readonly clock?: string | null; readonly why?: string | null},
): QuestionLetter {
  const {id, by, title, evidence, since, origin} = alert
  const short = id.slice(0, 12)
  const facts = [
    `${by} claims ${level}: ${title}`,
    ...(since === null ? [] : [`Since: ${since}`]),
    ...evidence.slice(0, MOST_LINES).map((line) => `Evidence: ${line}`),
    ...(evidence.length > MOST_LINES ? [`(${evidence.length - MOST_LINES} more: mcos alert show ${short})`] : []),
    ...(clock === null ? [] : [`clock: ${clock}`]),
    ...origin.map((source) => `Heard from outside: ${source}`),
    ...(why === null ? [] : [`You are asked because ${why}.`]),
  ]
  return {
    subject: shorten(cleanLine(`${level}? ${title} (alert ${short})`), 160),
    body: [
      ...facts.map((line) => shorten(cleanLine(line), LONGEST_LINE)),
      '',
      'It is a hypothesis and nobody else is told. Look for a sign of your own, then answer:',
      `  alert_confirm or alert_dismiss with id ${short}; on a terminal: mcos alert confirm|dismiss ${short}`,
    ].join('\n'),
    priority: PRIORITY[level],
  }
}

/** The one word about a flood: what comes after it waits in silence. */
export function floodLetter(alert: Pick<Alert, 'by' | 'title'>, held: string): QuestionLetter {
  return {
    subject: shorten(cleanLine(`Alerts of ${alert.by} are held: ${held}`), 160),
    body: [
      shorten(cleanLine(`${held}. The first that waits: ${alert.title}`), LONGEST_LINE),
      'Nobody is asked about those that are held, and this is said once. To see them: mcos alert list',
    ].join('\n'),
    priority: 'normal',
  }
}
