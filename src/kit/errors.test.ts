import {expect, test} from 'vitest'
import {EXIT, formatPlace, isUserError, UserError, unreadable} from './errors.js'
import {storageError} from './storage-error.js'

test('a place is written as editors link it', () => {
  expect(formatPlace({file: 'a.md'})).toBe('a.md')
  expect(formatPlace({file: 'a.md', line: 4})).toBe('a.md:4')
  expect(formatPlace({file: 'a.md', line: 4, column: 2})).toBe('a.md:4:2')
  expect(formatPlace({file: 'a.md', column: 2})).toBe('a.md')
})

test('what cannot be read says where, what was expected and what to do', () => {
  const error = unreadable({file: 'SOUL.md', line: 3}, {expected: 'a name', got: '12', fix: 'Write a name.'})
  expect(error).toMatchObject({
    message: 'SOUL.md:3: expected a name, got 12',
    code: 'UNREADABLE',
    suggestions: ['Write a name.'],
    exit: EXIT.usage,
  })
})

test.each([
  ['ENOSPC', 'DISK_FULL'],
  ['EDQUOT', 'DISK_FULL'],
  ['EROFS', 'READ_ONLY'],
  ['EACCES', 'READ_ONLY'],
  ['EIO', 'IO_ERROR'],
  ['EMFILE', 'TOO_MANY_FILES'],
  ['ENAMETOOLONG', 'NAME_TOO_LONG'],
  ['EWHATEVER', 'IO_ERROR'],
])('%s becomes %s, with a fix and the original', (errno, code) => {
  const cause = Object.assign(new Error(errno), {code: errno, syscall: 'write'})
  const error = storageError(cause, {path: "/home/d'oh/a b", work: 'write'})
  expect(error).toMatchObject({code, cause})
  expect(isUserError(error) && error.suggestions[0]).toBeTruthy()
})

test('what is no failed system call stays what it is', () => {
  const bug = new TypeError('ours')
  const told = new UserError('x', {code: 'X', fix: ['a', 'b']})
  expect(storageError(bug, {path: 'x', work: 'read'})).toBe(bug)
  expect(storageError(told, {path: 'x', work: 'read'})).toBe(told)
})
