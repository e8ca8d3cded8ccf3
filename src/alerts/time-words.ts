/** What is true only by a clock, in the languages that people's workspaces are written in. */
const TIME_WORDS: readonly RegExp[] = [
  /\b(?:expir(?:ed|es|y|ing)|stale|overdue|outdated|too old|out[- ]of[- ]date|obsolete|lapsed)\b/,
  /\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many|few|couple of)\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?)\b/,
  /\b(?:ago|since|last (?:seen|update[ds]?|run|backup|beat|heartbeat|sync|check|commit|deploy(?:ment)?|success))\b/,
  /\b(?:yesterday|tonight|last night|this morning|until|deadline|late|delayed?|in the future|clock|timestamps?)\b/,
  /\b(?:abgelaufen|veraltet|überfällig|seit|vor \d+ (?:sekunden|minuten|stunden|tagen)|zuletzt|gestern)(?!\p{L})/u,
  /(?<!\p{L})(?:expirée?s?|périmée?s?|depuis|il y a|en retard|hier|dernière? (?:mise à jour|fois))(?!\p{L})/u,
  /(?<!\p{L})(?:caducad[oa]s?|vencid[oa]s?|desde hace|hace \d+|ayer|última vez|expirad[oa]s?|há \d+|ontem|desde)(?!\p{L})/u,
  /(?<!\p{L})(?:verlopen|verouderd|sinds|geleden|gisteren|utgånge[nt]|föråldrad|sedan|igår)(?!\p{L})/u,
  /(?:просрочен|истек|устарел|назад|вчера|последн)/,
  /(?:过期|過期|到期|陈旧|小时前|小時前|分钟前|分鐘前|天前|昨天|最后更新|最後更新|超时|逾期)/,
  /(?:期限切れ|時間前|分前|日前|昨日|最終更新|古い|以来)/,
]

/** Whether an alarm is a sum of two clocks, the one that wrote and the one that reads: then this machine's must be right. */
export function speaksOfTime({
  title,
  evidence,
  since,
}: {
  readonly title: string
  readonly evidence: readonly string[]
  readonly since: string | null
}): boolean {
  if (since !== null) return true
  const text = [title, ...evidence].join('\n').normalize('NFC').toLowerCase()
  return TIME_WORDS.some((words) => words.test(text))
}
