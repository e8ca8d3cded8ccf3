import {parseScript} from '../../src/engines/script-file.js'
import {parseTicked} from '../../src/fleet/adopt/adopted-file.js'
import {parseYaml} from '../../src/kit/yaml.js'
import {readRulebook} from '../../src/mail/classify/read-rulebook.js'
import {parseHeartbeat} from '../../src/schedule/parse-heartbeat.js'
import {parseGuardrail} from '../../src/workspace/guardrail-file.js'
import {parseMemory} from '../../src/workspace/memory-file.js'
import {parseMessage} from '../../src/workspace/message-file.js'
import {parseConfig} from '../../src/workspace/parse-config.js'
import {parseSoul} from '../../src/workspace/parse-soul.js'
import {parseWorkstate} from '../../src/workspace/workstate-file.js'
import type {Block} from './read-page.js'

/** Which real parser has read a block that is a file, or a part of one. */
export type Reader =
  | 'mcos.yaml'
  | 'SOUL.md'
  | 'HEARTBEAT.md'
  | 'MAIL.md'
  | 'MEMORY.md'
  | 'WORKSTATE.md'
  | 'ADOPTED.md'
  | 'guardrail'
  | 'message'
  | 'script'
  | 'yaml'
  | 'json'
  | 'unit'
  | null

const CONFIG =
  /^(?:version|name|host|timezone|people|page|ping|engines|routes|budgets|context|mail|channels|mcp|git|agents):/m
const CONTRACT = /^(?:contract|role|reports_to|escalation|budget|keys|route|warm):/m
/** What parts of mcos.yaml speak of without bringing it. */
const AROUND: Readonly<Record<string, string>> = {
  channels: 'channels:\n  founders: { kind: webhook, url: env:PAGE_WEBHOOK }\n',
  engines: 'engines:\n  claude: { kind: anthropic, model: claude-sonnet-5-5, key: env:KEY }\n',
}

/** Reads a block as mcos would; null where no parser of ours is for it. What it can't read is thrown with its line. */
export function parseBlock({page, line, language, text}: Block): Reader {
  const file = `${page}:${line}`
  if (language === 'json') {
    JSON.parse(text)
    return 'json'
  }
  if (language === 'ini') return readUnit(text, file)
  if (language === 'yaml') return readYaml(text, file)
  return language === 'markdown' ? readMarkdown(text, file) : null
}

function readYaml(text: string, file: string): Reader {
  if (/^answers:/m.test(text)) {
    parseScript(text, file)
    return 'script'
  }
  if (/^ {0,2}\w+: +\{ kind: (?:imap|graph|maildir)/.test(text)) {
    return readConfig(`mail:\n  accounts:\n${text.replace(/^/gm, '    ')}\n`, file)
  }
  if (CONTRACT.test(text) && !CONFIG.test(text)) {
    parseSoul(`---\n${text}\n---\n# Gene\n`, file)
    return 'SOUL.md'
  }
  if (CONFIG.test(text)) return readConfig(`${text}\n`, file)
  parseYaml(text, {file})
  return 'yaml'
}

function readConfig(text: string, file: string): Reader {
  const lacks = (key: string): boolean => !new RegExp(`^${key}:`, 'm').test(text)
  const around = Object.entries(AROUND).filter(([key]) => lacks(key))
  parseConfig(`${lacks('version') ? 'version: 1\n' : ''}${text}${around.map(([, yaml]) => yaml).join('')}`, file)
  return 'mcos.yaml'
}

function readMarkdown(text: string, file: string): Reader {
  const head = /^---\n([\s\S]*?)\n---$/m.exec(text)?.[1]
  if (head !== undefined) return readWithHead(text, head, file)
  if (/^- \[[x ]\] (?:host|command|repo):/m.test(text)) {
    const {hosts, commands, repos} = parseTicked(text)
    if (hosts.length + commands.length + repos.length === 0) throw new Error(`${file}: nothing is ticked`)
    return 'ADOPTED.md'
  }
  if (text.includes('→')) {
    const {rules, troubles} = readRulebook([{file: 'MAIL.md', text}])
    if (troubles.length > 0 || rules.length === 0) throw new Error(`${file}: ${JSON.stringify(troubles)}`)
    return 'MAIL.md'
  }
  if (/^- .* \((?:source|confidence|by):? /m.test(text) || /^# (?:MEMORY|Memory)/m.test(text)) {
    parseMemory(text)
    return 'MEMORY.md'
  }
  const {checks, problems} = readChecks(text, file)
  if (problems.length > 0) throw new Error(`${file}: ${problems.join('; ')}`)
  return checks > 0 ? 'HEARTBEAT.md' : null
}

function readWithHead(text: string, head: string, file: string): Reader {
  const whole = text.endsWith('\n') ? text : `${text}\n`
  if (/^id:.*\n[\s\S]*^effect:/m.test(head) || /^effect:/m.test(head)) {
    parseGuardrail(whole, file)
    return 'guardrail'
  }
  if (/^from:/m.test(head)) {
    parseMessage(whole, file)
    return 'message'
  }
  if (/^context_used:/m.test(head)) {
    parseWorkstate(whole, file)
    return 'WORKSTATE.md'
  }
  parseSoul(whole, file)
  return 'SOUL.md'
}

/** Systemd's own format: sections, and a value for each key. */
function readUnit(text: string, file: string): Reader {
  for (const [index, line] of text.split('\n').entries()) {
    if (!/^(?:|#.*|\[\w+\]|[A-Z]\w+=.+)$/.test(line))
      throw new Error(`${file}: line ${index + 1} is none of a unit file: ${line}`)
  }
  return 'unit'
}

function readChecks(text: string, file: string): {checks: number; problems: string[]} {
  // Comments that say when stand below a heading.
  const whole = text.startsWith('<!-- ') ? text.replaceAll(/^.+$/gm, '## A check\n$&\nWhat is new?\n') : text
  const {checks} = parseHeartbeat(whole, file)
  return {
    checks: checks.length,
    problems: checks.flatMap(({title, guess}) => (guess === null ? [] : [`${title}: ${guess}`])),
  }
}
