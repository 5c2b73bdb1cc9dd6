import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { guardAgainstBugs } from '../../../main/electron/crashGuard'
import { silentLog } from '../../../main/log'

test('every bug is logged, the first one is said', () => {
  const process = new EventEmitter()
  const error = vi.fn()
  const say = vi.fn(async () => {})
  guardAgainstBugs(process, { ...silentLog, error }, say)
  process.emit('uncaughtException', new Error('one'))
  process.emit('unhandledRejection', new Error('two'))
  expect(error).toHaveBeenCalledTimes(2)
  expect(say).toHaveBeenCalledOnce()
})
