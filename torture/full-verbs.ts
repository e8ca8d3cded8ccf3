import type {Folder, Staging} from '../src/kit/folder.js'

/** One way of changing a folder, with what to look at to see whether it happened. */
export interface FullVerb {
  readonly name: string
  act(home: Folder, content: string, staging: Staging | undefined): void
  look(home: Folder): string
  isDone(after: string, before: string, content: string): boolean
}

const ABSENT = '(absent)'

export const VERBS: readonly FullVerb[] = [
  {
    name: 'write',
    act: (home, content, staging) => home.write('old', content, {...(staging && {staging})}),
    look: (home) => home.readText('old') ?? ABSENT,
    isDone: (after, _, content) => after === content,
  },
  {
    name: 'create',
    act: (home, content, staging) => home.write('new', content, {expect: null, ...(staging && {staging})}),
    look: (home) => home.readText('new') ?? ABSENT,
    isDone: (after, _, content) => after === content,
  },
  {
    name: 'create deep',
    act: (home, content, staging) => home.write('deep/er/new', content, {...(staging && {staging})}),
    look: (home) => home.readText('deep/er/new') ?? ABSENT,
    isDone: (after, _, content) => after === content,
  },
  {
    name: 'append',
    act: (home, content, staging) => home.append('log', content, {...(staging && {staging})}),
    look: (home) => home.readText('log') ?? ABSENT,
    isDone: (after, before, content) => after === before + content,
  },
  {
    name: 'append new',
    act: (home, content, staging) => home.append('newlog', content, {...(staging && {staging})}),
    look: (home) => home.readText('newlog') ?? ABSENT,
    isDone: (after, _, content) => after === content,
  },
  {
    name: 'move',
    act: (home, _, staging) => home.move('old', 'moved/old', {...(staging && {staging})}),
    look: (home) => `${home.readText('old') ?? ABSENT}|${home.readText('moved/old') ?? ABSENT}`,
    isDone: (after, before) => after === `${ABSENT}|${before.split('|')[0]}`,
  },
  {
    name: 'folder',
    act: (home) => home.makeFolder('box'),
    look: (home) => home.stat('box')?.kind ?? ABSENT,
    isDone: (after) => after === 'folder',
  },
]
