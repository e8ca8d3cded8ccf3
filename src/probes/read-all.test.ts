import {expect, test, vi} from 'vitest'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {metricProbe, tasksProbe} from './not-available.js'
import type {Probe, Reading} from './probe.js'
import {type ReadAllContext, readAll} from './read-all.js'

const fine: Reading = {level: 'ok', fingerprint: 'a', detail: 'fine'}

function probe(word: string, read: Probe['read']): Probe {
  return {word, baseline: true, read}
}

function surroundings(more: Partial<ReadAllContext> = {}): ReadAllContext {
  return {...probeContext(), previousOf: () => null, ...more}
}

test('a probe that hangs delays no other and is given up a little after its time', async () => {
  vi.useFakeTimers()
  try {
    const done: string[] = []
    const deaf = probe('deaf', () => new Promise(() => undefined))
    const slow = probe('slow', async (_, {signal}) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      done.push('slow')
      return {...fine, level: 'alert'}
    })
    const quick = probe('quick', async () => {
      done.push('quick')
      return fine
    })
    const all = readAll(
      ['deaf x', 'slow x', 'quick x'].map(probeCall),
      [deaf, slow, quick],
      surroundings({timeoutMs: 1_000}),
    )
    await vi.advanceTimersByTimeAsync(10)
    expect(done).toEqual(['quick'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(done).toEqual(['quick', 'slow'])
    await vi.advanceTimersByTimeAsync(3_000)
    expect((await all).map(({call, status}) => [call.word, status])).toEqual([
      ['deaf', 'failed'],
      ['slow', 'alert'],
      ['quick', 'same'],
    ])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('a probe that breaks its promise is a failure of its own', async () => {
  const broken = probe('broken', () => {
    throw new Error('oops \u001b[2J')
  })
  const rejected = probe('rejected', () => Promise.reject(new Error('oops')))
  const sightings = await readAll(['broken x', 'rejected x'].map(probeCall), [broken, rejected], surroundings())
  expect(sightings.map(({reading}) => reading.detail)).toEqual(['the probe broke: oops', 'the probe broke: oops'])
})

test('an unknown word and a probe that is still to come are failures, never same', async () => {
  const words = ['weather Berlin', 'tasks', 'metric invoices.open > 0']
  const seen = await readAll(words.map(probeCall), [tasksProbe, metricProbe], surroundings())
  expect(seen.map(({status, reading}) => [status, reading.detail])).toEqual([
    ['failed', 'not available: there is no probe "weather"'],
    ['failed', 'not available: this version keeps no tasks yet'],
    ['failed', 'not available: this version keeps no metrics yet'],
  ])
})

test('whatever a probe says, one clean short line reaches a person', async () => {
  const loud = probe('loud', async () => ({
    ...fine,
    detail: `\u001b[31mred\u001b[0m\nlines\t${'x'.repeat(5000)}`,
    items: [...Array(200).keys()].map((i) => `\u202eitem\n${i}`),
  }))
  const [seen] = await readAll([probeCall('loud x')], [loud], surroundings())
  expect(seen?.reading.detail).toMatch(/^red lines x+…$/)
  expect(seen?.reading.detail.length).toBeLessThanOrEqual(500)
  expect(seen?.reading.items).toHaveLength(50)
  expect(seen?.reading.items?.[0]).toBe('item 0')
})

test('each probe is told what it saw when it last ran, also behind a failure', async () => {
  const told: (string | null)[] = []
  const curious = probe('curious', async (_, {previous}) => {
    told.push(previous)
    return fine
  })
  const calls = ['curious a', 'curious b', 'curious c'].map(probeCall)
  const previousOf: ReadAllContext['previousOf'] = ({args}) => {
    if (args === 'a') return null
    if (args === 'b') return {level: 'ok', fingerprint: 'seen'}
    return {level: 'failed', fingerprint: 'oops', before: {level: 'ok', fingerprint: 'seen before'}}
  }
  await readAll(calls, [curious], surroundings({previousOf}))
  expect(told).toEqual([null, 'seen', 'seen before'])
})

test('a beat that has ended already asks nothing for long', async () => {
  const patient = probe('patient', async (_, {signal}) => ({...fine, detail: String(signal.aborted)}))
  const [seen] = await readAll([probeCall('patient x')], [patient], surroundings({signal: AbortSignal.abort()}))
  expect(seen?.reading.detail).toBe('true')
})
