import {describe, expect, test} from 'vitest'
import {CHAT_WORDS} from '../../present/chat.js'
import type {KeyName} from './chat-key.js'
import {ChatStore} from './chat-store.js'
import {completeWord} from './complete-word.js'

function newStore(history: readonly string[] = []): ChatStore {
  const standing = {agent: 'donna', engine: null, used: null, flushAt: 0.85, costUsd: 0}
  return new ChatStore({person: 'ada', words: CHAT_WORDS, history, standing})
}

function type(store: ChatStore, ...keys: readonly (KeyName | {type: string})[]): string[] {
  return keys.map((one) =>
    store.press(typeof one === 'string' ? {kind: 'key', name: one} : {kind: 'text', text: one.type}),
  )
}

const view = (store: ChatStore) => store.view({columns: 80, rows: 24})

describe('the state of a conversation', () => {
  test('Enter says a line, a backslash at its end goes on with another, and nothing is said of nothing', () => {
    const store = newStore()
    expect(type(store, {type: 'one\\'}, 'enter', {type: 'two'}, 'enter')).toEqual([
      'edited',
      'edited',
      'edited',
      'said',
    ])
    expect(store.nextLine()).toBe('one\ntwo')
    expect(type(store, {type: '  '}, 'enter')).toEqual(['edited', 'edited'])
    expect(store.nextLine()).toBeNull()
  })

  test('what waits comes back with what is being typed, in its order', () => {
    const store = newStore()
    store.setAnswering(true)
    type(store, {type: 'one'}, 'enter', {type: 'two'}, 'enter', {type: 'three'})
    expect(view(store).queue).toEqual(['one', 'two'])
    store.takeBack()
    expect(view(store)).toMatchObject({queue: [], draft: {text: 'one\ntwo\nthree'}})
  })

  test('Ctrl-C takes what is typed first, and is heard on an empty line or while an answer comes', () => {
    const store = newStore()
    expect(type(store, {type: 'x'}, 'interrupt', 'interrupt')).toEqual(['edited', 'edited', 'interrupt'])
    store.setAnswering(true)
    expect(type(store, {type: 'x'}, 'interrupt')).toEqual(['edited', 'interrupt'])
    expect(view(store).draft.text).toBe('x')
    expect(type(store, 'end-of-input', 'home', 'end-of-input', 'end-of-input')).toEqual([
      'edited',
      'edited',
      'edited',
      'end',
    ])
  })

  test('up and down go through what was said, and back to what was being typed', () => {
    const store = newStore(['first', 'second'])
    const texts = (['up', 'up', 'up', 'down', 'down', 'down'] as const).map((name) => {
      type(store, name)
      return view(store).draft.text
    })
    expect(texts).toEqual(['second', 'first', 'first', 'second', '', ''])
    type(store, {type: 'new'}, 'up', 'down')
    expect(view(store).draft.text).toBe('new')
  })

  test('a slash lists the words, and Tab completes as far as they agree', () => {
    const store = newStore()
    type(store, {type: '/c'})
    expect(view(store).words.map(({word}) => word)).toEqual(['/context', '/cost'])
    type(store, 'tab')
    expect(view(store).draft.text).toBe('/co')
    type(store, {type: 's'}, 'tab')
    expect(view(store)).toMatchObject({draft: {text: '/cost'}, words: []})
    expect(completeWord('hello', ['/cost'])).toBe('hello')
  })

  test('an answer is over line by line, and whatever comes between ends its line', () => {
    const store = newStore()
    store.stream('one\ntw')
    expect(view(store)).toMatchObject({entries: [{kind: 'answer', text: 'one'}], live: 'tw'})
    store.add('note', '  read: allowed\u001b[2J')
    expect(view(store).entries.slice(1)).toEqual([
      {kind: 'answer', text: 'tw'},
      {kind: 'note', text: '  read: allowed'},
    ])
  })

  test('a line of the history can steer no terminal', () => {
    const store = newStore(['\u001b]52;c;aGk=\u0007\u202estop\u009b2J'])
    type(store, 'up')
    expect(view(store).draft.text).toBe('stop')
  })
})
