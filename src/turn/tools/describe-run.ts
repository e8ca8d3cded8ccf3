import type {RunResult} from '../../kit/run.js'
import {clean, withPath} from '../../kit/text.js'
import {type Change, pathsOf} from '../../workspace/change.js'
import type {Ways} from '../network/ways.js'
import type {Skipped} from '../work-copy.js'
import {cutList, cutMiddle, MOST_CHARACTERS} from './cut.js'

const MOST_PATHS = 50

/** What a model reads of a program that has run: how it ended, what it said, what of its changes is kept. */
export function describeRun({
  end,
  result: {stdout, stderr, truncated},
  changes,
  notTaken,
  ways,
}: {
  readonly end: string
  readonly result: RunResult
  readonly changes: readonly Change[]
  readonly notTaken: readonly Skipped[]
  readonly ways: Ways
}): string {
  const room = Math.floor(MOST_CHARACTERS / (stdout !== '' && stderr !== '' ? 3 : 1.5))
  const changed = changes.flatMap((change) =>
    pathsOf(change).map((path) => (change.kind === 'remove' ? `-${path}` : path)),
  )
  return [
    end,
    ...section('output', cutMiddle(clean(stdout.trimEnd()), room)),
    ...section('errors', cutMiddle(clean(stderr.trimEnd()), room)),
    ...(truncated ? ['[it said more than is kept]'] : []),
    ...section('changed', cutList(changed, {most: MOST_PATHS, what: 'files'})),
    ...section(
      'not kept',
      cutList(
        notTaken.map(({path, reason}) => withPath(path, reason)),
        {most: MOST_PATHS, what: 'files'},
      ),
    ),
    ...section(
      'no way to',
      cutList(
        ways.refused.map(({host, why}) => `${host}: ${why}`),
        {most: MOST_PATHS, what: 'hosts'},
      ),
    ),
  ].join('\n')
}

function section(title: string, text: string): string[] {
  return text === '' ? [] : [`--- ${title}`, text]
}
