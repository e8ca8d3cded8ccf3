import {type Finding, type KnownSecrets, linesOf, spotsIn} from './find.js'
import type {Spot} from './own.js'

/** Texts are looked at together up to so many letters: each call of the rule set costs more than what it reads. */
const BATCH = 512 * 1024
/** Where a long text is cut for the rule set, this much is looked at twice. */
const OVERLAP = 4 * 1024

/**
 * Whether the rule set could find anything that the quick pass doesn't know, so that it is not loaded for ordinary words:
 * a run of letters and digits that is no word, an address with a name in it, a key.
 */
export function isWorthReading(text: string): boolean {
  if (/:\/\/[^\s/]{1,200}@|PRIVATE KEY/.test(text)) return true
  return (text.match(/[A-Za-z0-9]{10,}/g) ?? []).some(
    (run) => /\d/.test(run) && /[A-Za-z]/.test(run) && !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(run),
  )
}

/** The thorough pass: the quick one, and secretlint's maintained rules on top of it. */
export async function findSecretsThoroughly(text: string, known: KnownSecrets = {}): Promise<Finding[]> {
  return linesOf(text, await spotsThoroughly(text, known))
}

/** Where the thorough pass finds something. */
export async function spotsThoroughly(text: string, known: KnownSecrets = {}): Promise<Spot[]> {
  const {lintText} = await import('./secretlint.js')
  const quick = spotsIn(text, known)
  const linted: Spot[] = []
  for (let from = 0; from < text.length; from += BATCH - OVERLAP) {
    const spots = await lintText(text.slice(from, from + BATCH))
    linted.push(...spots.map((spot) => ({...spot, start: spot.start + from, end: spot.end + from})))
  }
  return [...quick, ...linted.filter((spot) => !quick.some((other) => overlap(spot, other)))]
}

/** The same for many texts, in their order: the small ones of them are looked at together. */
export async function findSecretsInAll(texts: readonly string[], known: KnownSecrets = {}): Promise<Finding[][]> {
  const found: Finding[][] = []
  for (const batch of batchesOf(texts)) found.push(...(await findInBatch(batch, known)))
  return found
}

/** What is not part of either text and none of a token: no rule reads over it. */
const BETWEEN = '\n\n\n'

async function findInBatch(batch: readonly string[], known: KnownSecrets): Promise<Finding[][]> {
  const [only] = batch
  if (only !== undefined && batch.length === 1) return [await findSecretsThoroughly(only, known)]
  const {lintText} = await import('./secretlint.js')
  const linted = await lintText(batch.join(BETWEEN))
  let from = 0
  return batch.map((text) => {
    const [start, end] = [from, from + text.length]
    from = end + BETWEEN.length
    const quick = spotsIn(text, known)
    const more = linted
      .filter((spot) => spot.start >= start && spot.start < end)
      .map((spot) => ({...spot, start: spot.start - start, end: spot.end - start}))
      .filter((spot) => !quick.some((other) => overlap(spot, other)))
    return linesOf(text, [...quick, ...more])
  })
}

function* batchesOf(texts: readonly string[]): Generator<readonly string[]> {
  let [batch, size]: [string[], number] = [[], 0]
  for (const text of texts) {
    if (batch.length > 0 && size + text.length > BATCH) {
      yield batch
      ;[batch, size] = [[], 0]
    }
    batch.push(text)
    size += text.length
  }
  if (batch.length > 0) yield batch
}

function overlap(one: Spot, other: Spot): boolean {
  return one.start < other.end && other.start < one.end
}
