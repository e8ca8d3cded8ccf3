import {anyOf, fold} from './words.js'

const WORDS = anyOf(
  'disabled|paused|deactivated|turned off|switched off|suspended|on hold|retired|deprecated|inactive|not active|obsolete|已停用|停用|已禁用|禁用|已暂停|已暫停|暂停|暫停|已关闭|已關閉|已废弃|废弃|已停止|停用中|停止中|無効|休止中|一時停止|廃止|desativado|desativada|desabilitado|desabilitada|pausado|pausada|suspenso|suspensa|inativo|desactivado|desactivada|deshabilitado|deshabilitada|suspendido|inactivo|deaktiviert|pausiert|abgeschaltet|ausgeschaltet|ausgesetzt|stillgelegt|désactivé|désactivée|suspendu|suspendue|en pause|uitgeschakeld|gepauzeerd|gedeactiveerd|inaktiverad|inaktiverat|avstängd|avstängt|pausad|pausat|отключено|отключен|отключена|отключён|выключено|выключен|приостановлено|приостановлен|неактивно',
)
const IN_BRACKETS = new RegExp(`[([{（【][^)\\]}）】]*?${WORDS}[^)\\]}）】]*[)\\]}）】]`, 'u')
const AT_END = new RegExp(
  `(?:[-:|→·]|^) ?(?:status ?: ?)?${WORDS}(?: (?:since|until|seit|bis|до|с) .*| ?\\d{4}-\\d{2}-\\d{2})?\\.?$`,
  'u',
)
const AT_START = new RegExp(`^${WORDS} ?[:|-]`, 'u')
const HAN_END = /(?:已停用|已禁用|已暂停|已暫停|已关闭|已關閉|已废弃|已停止|停止中|無効)$/u
const LABELLED = new RegExp(
  `^ ?(?:[-*+] )?[*_]*(?:status|state|enabled|active|状态|狀態|estado|etat|статус)[*_]* ?: ?[*_]* ?(?:[^\\p{L}\\p{N}]* ?${WORDS}|off|no|false|否)(?![\\p{L}\\p{N}])`,
  'u',
)
const BEFORE_STRUCK = /^(?:\d+[.)]\s)?[^\p{L}\p{N}~]*(?:\[[xX]\]\s[^\p{L}\p{N}~]*)?$/u
const AFTER_STRUCK = /^[^\p{L}\p{N}]*(?:[([（].*[)\]）])?[^\p{L}\p{N}]*$/u
const LONGEST_REMARK = 300
const TICKED = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?\[[xX✓✔]\](?:\s|$)/u
const PAUSE_SIGN = /⏸/u

/** Whether a heading says that its section is switched off. */
export function isOffHeading(heading: string): boolean {
  return TICKED.test(heading) || isStruck(heading) || PAUSE_SIGN.test(heading) || saysOff(heading)
}

/** Whether a list item is done with: ticked, struck out, or marked as disabled. */
export function isOffItem(text: string): boolean {
  if (TICKED.test(text) || isStruck(text)) return true
  return isItem(text) && saysOff(text.replace(/^\s*(?:[-*+]|\d+[.)])\s+(?:\[ \]\s+)?/u, ''))
}

/** Struck out as a whole, but for a box before it and a remark behind. Taken apart first: a line may be a megabyte of blanks. */
function isStruck(text: string): boolean {
  const [from, to] = [text.indexOf('~~'), text.lastIndexOf('~~')]
  if (from < 0 || to < from + 3) return false
  const remark = text.slice(to + 2).trimEnd()
  if (remark.length > LONGEST_REMARK) return false
  return BEFORE_STRUCK.test(text.slice(0, from).trimStart()) && AFTER_STRUCK.test(remark)
}

/** Whether a line is a list item of any kind. */
export function isItem(text: string): boolean {
  return /^\s*(?:[-*+]|\d{1,3}[.)])(?:\s|$)/u.test(text)
}

/** Whether a line such as "Status: disabled" switches its section off. */
export function isOffLine(text: string): boolean {
  return LABELLED.test(fold(text.slice(0, 120)))
}

function saysOff(text: string): boolean {
  const folded = fold(text.slice(0, 300)).replace(/[*`]/g, '').trim()
  return IN_BRACKETS.test(folded) || AT_END.test(folded) || AT_START.test(folded) || HAN_END.test(folded)
}
