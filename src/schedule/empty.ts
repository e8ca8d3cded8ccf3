import type {Line} from './lines.js'

const HOLDS_NOTHING = /^\s*(?:>|[-*+]|\d+[.)])*\s*(?:\[[ xX]?\])?\s*$/u
const RULE = /^\s*(?:[-*_=]\s*){3,}$/u
const HEADING = /^\s{0,3}#{1,6}(?:\s|$)/u
const LONE_TOKEN = /^[\s`*_>-]*(?:HEARTBEAT_OK|NO_REPLY)[\s`*_.!]*$/u
const PLACEHOLDER =
  /^[\s*_>([（-]*(?:none|n\/a|empty|tbd|nothing yet|no tasks(?: yet)?|add tasks here|无|暂无|空|なし|nenhum|nenhuma|keine|aucune|geen|inga|ninguna|нет)[\s*_.)\]）]*$/iu

/** Lines of the texts that tools ship as an empty HEARTBEAT.md; folded to letters. */
const SHIPPED = new Set(
  [
    'Keep this file empty (or with only comments) to skip heartbeat API calls.',
    'Keep this file empty unless you want a tiny checklist. Keep it small.',
    'Keep this file empty unless you want periodic checks.',
    'Keep this file empty unless you want explicit periodic checks.',
    'Add tasks below when you want the agent to check something periodically.',
    'Add short tasks below the comments only when you want the agent to check something periodically. Keep heartbeat instructions small because they are read during recurring wakes.',
    '`HEARTBEAT.md` lives in the agent workspace. Keep the file empty, or with only Markdown comments and headings, when you want OpenClaw to skip heartbeat model calls.',
    'The default runtime template is:',
    '- [Heartbeat config](/gateway/config-agents)',
    '保持此文件为空（或仅包含注释）以跳过心跳 API 调用。',
    '当你希望智能体定期检查某些内容时，在下方添加任务。',
    '在下方添加任务，当你希望代理定期检查某些内容时。',
    '如果此文件为空（或仅包含注释），则跳过心跳 API 调用。',
  ].map(letters),
)

/** Whether a line asks for nothing: blank, heading, fence, rule, empty box, lone HEARTBEAT_OK, or shipped text. */
export function isEmptyLine({text, isFenced}: Line): boolean {
  if (/^\s*(?:```|~~~)/u.test(text) && isFenced) return true
  const short = text.slice(0, 400)
  if (HOLDS_NOTHING.test(short) || HEADING.test(short) || RULE.test(short) || LONE_TOKEN.test(short))
    return text.length <= 400
  return SHIPPED.has(letters(short)) || PLACEHOLDER.test(short)
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
