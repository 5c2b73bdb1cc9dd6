import { expect, test } from 'vitest'
import { createJobTurns } from '../../../main/transcoder/jobTurns'

const never = new AbortController().signal
const settled = async (promise: Promise<unknown>) =>
  (await Promise.race([promise, Promise.resolve('waiting')])) !== 'waiting'

test('lets two work and starts the third when one ends', async () => {
  const turns = createJobTurns(2)
  const first = await turns.take(never)
  await turns.take(never)
  const third = turns.take(never)
  expect(await settled(third)).toBe(false)
  first?.()
  expect(await third).toBeTypeOf('function')
})

test('ending a turn twice lets only one in', async () => {
  const turns = createJobTurns(1)
  const end = await turns.take(never)
  const second = turns.take(never)
  const third = turns.take(never)
  end?.()
  end?.()
  expect(await settled(second)).toBe(true)
  expect(await settled(third)).toBe(false)
})

test('a job that gives up leaves the queue to the others', async () => {
  const turns = createJobTurns(1)
  const end = await turns.take(never)
  const stop = new AbortController()
  const second = turns.take(stop.signal)
  const third = turns.take(never)
  stop.abort()
  expect(await second).toBeNull()
  end?.()
  expect(await third).toBeTypeOf('function')
})

test('a job that was given up before never gets a turn', async () => {
  expect(await createJobTurns(1).take(AbortSignal.abort())).toBeNull()
})
