const LOG_LINE = [
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?\S*\]?\s+\S*(?:\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL)\b|\[)/i,
  /^\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|LOG)[\]:]?\s+(?:\[|\d|\S+\s*[:=|]|[a-z_.-]+\[)/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?\s/,
  /^(?:\w{3} [ \d]\d \d\d:\d\d:\d\d|\d+\.\d+\.\d+\.\d+ - - \[)/,
  /^\s*at \S+ ?\(?[^)]*:\d+(?::\d+)?\)?$/,
  /^\s*File ".*", line \d+/,
  /^(?:npm|yarn|pip|cargo|make|docker|kubectl|git)(?:\[\d+\])?(?: (?:ERR!|WARN|notice|info|http)|:)/,
  /(?:\b[\w.]+=\S+\s*){4,}/,
]
const CODE_LINE = [
  /^\s*(?:const|let|var|import|export|function|class|def|return|if|elif|else|for|while|try|catch|switch|case|public|private|protected|static|async|await|from|package|func|fn|use|struct|impl|type|interface|enum|#include|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b.*[{}();=:]\s*$/,
  /[;{}]\s*$/,
  /^\s*[}\])]+[,;]?\s*$/,
  /^\s*["'][\w.$@/-]+["']\s*:/,
  /^\s*[[{]\s*(?:["'[{]|$)/,
  /^(?:diff --git|index [0-9a-f]+\.\.|@@ |\+\+\+ |--- [ab]\/|[+-]\s{2,}\S)/,
  /^\s*(?:\/\/|\/\*|\*\/|#!|<\/?[a-z][^>]*>|\|.*\|.*\|$)/i,
  /^\s*\S+\s*(?:=>|:=|\+=|===?|!=)\s/,
  /^\s*\$\s+\S/,
  /^\s*(?:const|let|var|final|static)\s+[\w{[\]},: ]+\s*=/,
  /^\s*[\w.$]+\([^)]*\)\s*[;{]?\s*$/,
]
const INJECTION =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:all|any|every(?:thing)?|previous|prior|above|earlier|your|the)\b.{0,30}(?:instruction|prompt|rule|guardrail|message|context|before|$)|\bforget everything\b|\b(?:system|developer) (?:prompt|message|note)\b|\byou are now\b|\bnew instructions?\b|\b(?:do not|don't) tell (?:the|your) (?:user|person|operator)\b|<\/?(?:system|assistant|user|instructions?)>|忽略(?:之前|所有|以上)|ignoriere? (?:alle|die|vorherige)|ignora (?:todas|las|tus)|ignorez? (?:toutes|les)|игнорируй/iu

/** A line that a machine wrote for machines: logs, code, data, traces. What matters of it somebody says in words. */
export function isNoise(line: string): boolean {
  if (line.length > 600 && !/\s/.test(line.slice(0, 200))) return true
  if (LOG_LINE.some((shape) => shape.test(line)) || CODE_LINE.some((shape) => shape.test(line))) return true
  const letters = line.match(/\p{L}/gu)?.length ?? 0
  const signs = line.match(/[{}()[\];=<>|\\&*^~$"]/g)?.length ?? 0
  return letters === 0 ? !/\d/.test(line) : signs > 6 && signs / letters > 0.18
}

/** Text that wants to be obeyed or to make forget; as it has no right to, it is not even kept. */
export function isInjection(text: string): boolean {
  return INJECTION.test(text)
}
