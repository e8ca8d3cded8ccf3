import {readFileSync} from 'node:fs'
import {generateMail} from './generator/generate.js'
import type {Half, Label, SampleMail} from './label.js'

/** Enough that each template comes about twice beside the hand-written mails. */
const GENERATED = 320

interface Entry extends Omit<Label, 'alsoAccept'> {
  readonly file: string
  readonly alsoAccept?: Label['alsoAccept']
  /** The same mail without what was put in for a machine. */
  readonly without?: string
}

/** One of the labelled sample's halves: its hand-written mails, then generated ones that depend on the seed alone. */
export function loadSample(half: Half, {seed}: {seed: number}): SampleMail[] {
  return [...readHandWritten(half), ...generateMail(half, {seed, count: GENERATED})]
}

/** The hand-written mails of one half, by their file names. */
export function readHandWritten(half: Half): SampleMail[] {
  const folder = new URL(`hard/${half}/`, import.meta.url)
  return readLabelled(new URL('labels.json', folder), folder)
}

/** The mailbox that ships with the sample fleet, with what a sensible assistant would say of each mail. */
export function readShippedMailbox(): SampleMail[] {
  const folder = new URL('../../workspaces/donna/sample-mail/', import.meta.url)
  return readLabelled(new URL('mailbox/labels.json', import.meta.url), folder)
}

function readLabelled(labels: URL, folder: URL): SampleMail[] {
  const entries = JSON.parse(readFileSync(labels, 'utf8')) as Entry[]
  const place = folder.pathname.split('/').slice(-3, -1).join('/')
  return entries.map(({file, without, alsoAccept = [], ...label}) => ({
    name: `${place}/${file}`,
    raw: readFileSync(new URL(file, folder)),
    without: without === undefined ? null : readFileSync(new URL(without, folder)),
    label: {...label, alsoAccept},
  }))
}
