import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { callStage } from '../calls/callStage'
import { addressOf } from '../calls/recordingNetwork'

const bob = addressOf('b')
const carol = addressOf('c')
const ours = { video: 90, audio: 300, text: true, note: 'Back at five' }

let stage: ReturnType<typeof callStage>
beforeEach(() => {
  stage = callStage()
  stage.changeSettings({ acceptVideoSeconds: 90, note: 'Back at five' })
})

const meet = (address: string) => stage.people.personAt(address, 'Somebody').id
const rules = () => stage.people.reach
const ofNote = (address: string) => rules().ofMessage(address, { kind: 'text' })
const setBlocked = (personId: string, blocked: boolean) =>
  stage.people.handlers['people/setBlocked']({ personId, blocked })
const blockedPeople = () => stage.people.handlers['people/blocked']()

function called(personId: string, direction: 'in' | 'out', outcome: 'answered' | 'cancelled'): void {
  stage.db
    .prepare(
      `INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
       VALUES (?, ?, ?, 'audio', 1, 'ended', 2, ?, 1, 0)`,
    )
    .run(randomUUID(), personId, direction, outcome)
}

test('messages are taken of contacts and of people whom we called; of others they wait', () => {
  const personId = meet(bob)
  expect([ofNote(bob), rules().accepts(bob)]).toEqual(['request', { ...ours, note: '' }])
  called(personId, 'in', 'answered')
  expect(ofNote(bob)).toBe('request')
  called(personId, 'out', 'cancelled')
  expect([ofNote(bob), rules().accepts(bob)]).toEqual(['take', ours])

  stage.people.add({ address: carol, name: 'Carol' })
  expect([ofNote(carol), rules().accepts(carol)]).toEqual(['take', ours])
  expect(ofNote(addressOf('d'))).toBe('request')
})

test('messages are taken of who is suggested, and a block changes nothing of what they are told', () => {
  const personId = meet(bob)
  called(personId, 'in', 'answered')
  called(personId, 'in', 'answered')
  expect([ofNote(bob), rules().accepts(bob)]).toEqual(['take', ours])
  setBlocked(personId, true)
  expect([ofNote(bob), rules().accepts(bob)]).toEqual(['refuse', ours])
})

test('one person may leave other things than the rest', () => {
  stage.people.add({ address: bob, name: 'Bob' })
  const change = { acceptVideoSeconds: 0, acceptNotes: false }
  stage.people.handlers['personSettings/change']({ personId: meet(bob), change })
  expect(rules().accepts(bob)).toEqual({ ...ours, video: 0, text: false })
  expect(ofNote(bob)).toBe('refuse')
  expect(rules().ofMessage(bob, { kind: 'audio', durationMs: 1_000 })).toBe('take')
})

test('who is blocked neither asks nor rings, until they are let in again', () => {
  const personId = meet(bob)
  const here = () => [rules().mayAsk(bob), rules().ofCall(bob)]
  expect(here()).toEqual([true, 'ring'])
  expect(setBlocked(personId, true)).toMatchObject({ ok: true, value: { blocked: true } })
  expect(here()).toEqual([false, 'refuse'])
  expect(blockedPeople()).toMatchObject([{ id: personId }])
  expect(stage.published()).toContainEqual(['people/changed', expect.objectContaining({ blocked: true })])
  setBlocked(personId, false)
  expect(here()).toEqual([true, 'ring'])
  expect(blockedPeople()).toEqual([])
  expect(setBlocked(randomUUID(), true)).toEqual({ ok: false, failure: { kind: 'person-unknown' } })
})

test('somebody who was never known can be blocked', () => {
  stage.people.block({ address: carol, name: 'Carol' })
  expect(blockedPeople()).toMatchObject([{ name: 'Carol', contact: false }])
  expect(ofNote(carol)).toBe('refuse')
})
