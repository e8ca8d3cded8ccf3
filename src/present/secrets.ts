import type {CheckedSecret, SecretsCheck} from '../app/secrets/check.js'
import type {KeptSecret, KeptSecrets, RemovedSecret} from '../app/secrets/keep.js'
import type {SecretsScan} from '../app/secrets/scan.js'
import {cleanLine} from '../kit/text.js'
import {formatTable} from './table.js'

const MOST_LINES = 200

/** Every reference and what is known of it; the wrong ones with what helps. */
export function presentSecretsCheck({secrets}: SecretsCheck): string {
  if (secrets.length === 0) return 'Nothing refers to a secret.'
  const wrong = secrets.filter(({state}) => state !== 'ok' && state !== 'unknown')
  const rows = secrets.map((one) => [MARK[one.state], one.reference, one.where, liveWord(one)].map(cleanLine))
  const told = wrong.flatMap(({reference, detail, fix}) => [
    `${cleanLine(reference)}: ${cleanLine(detail)}`,
    ...(fix === null ? [] : [`  ${cleanLine(fix)}`]),
  ])
  const untried = secrets.filter(({live}) => live === 'untried')
  return [
    formatTable(['', 'reference', 'used by', 'live'], rows),
    '',
    ...(told.length > 0 ? [...told, ''] : []),
    ...untried.map(
      ({reference, live_detail}) => `${cleanLine(reference)} was not tried: ${cleanLine(live_detail ?? '')}`,
    ),
    ...(untried.length > 0 ? [''] : []),
    wrong.length === 0
      ? `${secrets.length} looked at, none is wrong.`
      : `${secrets.length} looked at, ${wrong.length} wrong.`,
  ].join('\n')
}

const MARK: Readonly<Record<CheckedSecret['state'], string>> = {
  ok: 'ok',
  unknown: '?',
  missing: 'missing',
  open: 'open to others',
  shape: 'not a secret',
  'in-git': 'in git',
  shared: 'shared',
  refused: 'refused',
}

function liveWord({live}: CheckedSecret): string {
  return live ?? '-'
}

/** Where something was found, and what was not looked through to its end. */
export function presentSecretsScan({scanned, findings, bounded}: SecretsScan): string {
  const lines = findings.map(({file, line, kind, own, commit}) => {
    const since = commit === undefined ? '' : ` (in the history since ${commit.slice(0, 10)})`
    return cleanLine(`${file}:${line}: ${own ? `the fleet's own ${kind}` : kind}${since}`)
  })
  const large = bounded.filter(({why}) => why === 'large').length
  const binary = bounded.filter(({why}) => why === 'binary').length
  const unreadable = bounded.filter(({why}) => why === 'unreadable').map(({file}) => cleanLine(file))
  return [
    ...lines.slice(0, MOST_LINES),
    ...(lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more; --json has all`] : []),
    ...(lines.length > 0 ? [''] : []),
    `${scanned} looked through, ${findings.length === 0 ? 'nothing found' : `${findings.length} found`}.`,
    ...(binary > 0 ? [`${binary} binary: searched for known secrets and shapes only.`] : []),
    ...(large > 0 ? [`${large} too large to be looked through to the end.`] : []),
    ...(unreadable.length > 0 ? [`Not readable: ${unreadable.slice(0, 10).join(', ')}`] : []),
    ...(findings.length === 0 ? [] : ['Revoke each where it was given out: what was committed or sent stays known.']),
  ].join('\n')
}

/** What was kept, and how to refer to it. */
export function presentKept({name, reference, where, used_by}: KeptSecret): string {
  const users = used_by.length === 0 ? `Refer to it as ${reference}` : `Used by ${used_by.join(', ')}`
  return `${name} is kept in ${WHERE[where]}.\n${users}`
}

const WHERE: Readonly<Record<KeptSecret['where'], string>> = {
  keyring: "the desktop's keyring",
  age: ".mcos/secrets, sealed with this machine's key",
}

export function presentKeptList({secrets}: KeptSecrets): string {
  if (secrets.length === 0) return 'This machine keeps no secret. To keep one: mcos secrets set NAME'
  const rows = secrets.map(({reference, where, at, used_by}) => [
    reference,
    where,
    at.slice(0, 16).replace('T', ' '),
    used_by.join(', ') || 'nobody',
  ])
  return formatTable(['reference', 'kept in', 'since (UTC)', 'used by'], rows)
}

export function presentRemovedSecret({name, still_used_by}: RemovedSecret): string {
  const users = still_used_by.length === 0 ? '' : `\nStill referred to by ${still_used_by.join(', ')}`
  return `${name} is no longer kept here.${users}`
}
