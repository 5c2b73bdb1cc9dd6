import type { Database } from 'better-sqlite3'
import type { Message, MessageContent, MessageState, SendProblem } from '../../preload/contract/messages'
import { assertNever } from '../../preload/contract/result'
import { readJsonColumn } from '../database/jsonColumn'
import { prepared } from '../database/prepared'
import { waveformColumn } from './takeStore'

/** A message as it is kept. */
export type StoredMessage = {
  message: Message
  /** Of its file, lower-case hex; null for a note. */
  sha256: string | null
  /** The address that an incoming message came from. */
  sender: string | null
  /** Where an incoming file is fetched from. */
  source: string | null
}

type Row = {
  id: string
  call_id: string
  person_id: string
  direction: 'in' | 'out'
  kind: 'text' | 'audio' | 'video'
  sent_at: number
  text: string | null
  duration_ms: number | null
  width: number | null
  height: number | null
  size: number | null
  sha256: string | null
  waveform: string | null
  sender: string | null
  source: string | null
  phase: MessageState['phase']
  problem: SendProblem | null
  progress: number
  played_at: number | null
  kept: 0 | 1
}

const COLUMNS = `id, call_id, person_id, direction, kind, sent_at, text, duration_ms, width, height, size, sha256,
  waveform, sender, source, phase, problem, progress, played_at, kept`

function contentOf(row: Row): MessageContent {
  switch (row.kind) {
    case 'text':
      return { kind: 'text', text: row.text ?? '' }
    case 'audio':
      return {
        kind: 'audio',
        durationMs: row.duration_ms ?? 0,
        size: row.size ?? 0,
        waveform: readJsonColumn(waveformColumn, row.waveform) ?? [],
      }
    case 'video':
      return {
        kind: 'video',
        durationMs: row.duration_ms ?? 0,
        size: row.size ?? 0,
        width: row.width ?? 0,
        height: row.height ?? 0,
      }
    default:
      return assertNever(row.kind)
  }
}

function stateOf(row: Row): MessageState {
  switch (row.phase) {
    case 'sending':
    case 'fetching':
      return { phase: row.phase, progress: row.progress }
    case 'failed':
      return { phase: 'failed', problem: row.problem ?? 'network' }
    case 'played':
      return { phase: 'played', at: row.played_at ?? row.sent_at }
    case 'waiting':
    case 'stored':
    case 'delivered':
    case 'unplayed':
      return { phase: row.phase }
    default:
      return assertNever(row.phase)
  }
}

function toStored(row: Row): StoredMessage {
  return {
    message: {
      id: row.id,
      callId: row.call_id,
      personId: row.person_id,
      direction: row.direction,
      sentAt: row.sent_at,
      content: contentOf(row),
      state: stateOf(row),
      kept: row.kept === 1,
    },
    sha256: row.sha256,
    sender: row.sender,
    source: row.source,
  }
}

function stateColumns(state: MessageState): Pick<Row, 'phase' | 'problem' | 'progress' | 'played_at'> {
  return {
    phase: state.phase,
    problem: state.phase === 'failed' ? state.problem : null,
    progress: state.phase === 'sending' || state.phase === 'fetching' ? state.progress : 0,
    played_at: state.phase === 'played' ? state.at : null,
  }
}

/** Throws if the id is taken. */
export function insertMessage(db: Database, { message, sha256, sender, source }: StoredMessage): void {
  const { content } = message
  const row: Row = {
    id: message.id,
    call_id: message.callId,
    person_id: message.personId,
    direction: message.direction,
    kind: content.kind,
    sent_at: message.sentAt,
    text: content.kind === 'text' ? content.text : null,
    duration_ms: content.kind === 'text' ? null : content.durationMs,
    width: content.kind === 'video' ? content.width : null,
    height: content.kind === 'video' ? content.height : null,
    size: content.kind === 'text' ? null : content.size,
    waveform: content.kind === 'audio' ? JSON.stringify(content.waveform) : null,
    sha256,
    sender,
    source,
    ...stateColumns(message.state),
    kept: message.kept ? 1 : 0,
  }
  prepared(
    db,
    `INSERT INTO messages (${COLUMNS}) VALUES (:id, :call_id, :person_id, :direction, :kind, :sent_at, :text,
       :duration_ms, :width, :height, :size, :sha256, :waveform, :sender, :source, :phase, :problem, :progress, :played_at,
       :kept)`,
  ).run(row)
}

export function findMessage(db: Database, id: string): StoredMessage | null {
  const row = prepared<Row>(db, `SELECT ${COLUMNS} FROM messages WHERE id = ?`).get(id)
  return row ? toStored(row) : null
}

/** The messages that answer each of these calls, oldest first; a call without messages has no entry. */
export function messagesOfCalls(db: Database, callIds: string[]): Map<string, Message[]> {
  const rows = prepared<Row>(
    db,
    `SELECT ${COLUMNS} FROM messages WHERE call_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL
     ORDER BY sent_at, id`,
  ).all(JSON.stringify(callIds))
  const byCall = new Map<string, Message[]>()
  for (const row of rows) {
    const { message } = toStored(row)
    const ofCall = byCall.get(message.callId)
    if (ofCall) ofCall.push(message)
    else byCall.set(message.callId, [message])
  }
  return byCall
}

/** Incoming files that are not here yet, also those that failed for want of space, oldest first. */
export function unfinishedIncoming(db: Database): StoredMessage[] {
  return prepared<Row>(
    db,
    `SELECT ${COLUMNS} FROM messages
     WHERE direction = 'in' AND (phase = 'fetching' OR (phase = 'failed' AND problem = 'disk-full'))
       AND deleted_at IS NULL
     ORDER BY sent_at, id`,
  )
    .all()
    .map(toStored)
}

/** Messages that the outbox has to send. */
export function outgoingWaiting(db: Database): Message[] {
  return prepared<Row>(
    db,
    `SELECT ${COLUMNS} FROM messages WHERE direction = 'out' AND phase IN ('waiting', 'sending')
       AND deleted_at IS NULL
     ORDER BY sent_at, id`,
  )
    .all()
    .map((row) => toStored(row).message)
}

/** Every message that has a file: for matching rows and files at start. */
export function messagesWithFiles(db: Database): StoredMessage[] {
  return db.prepare<[], Row>(`SELECT ${COLUMNS} FROM messages WHERE kind <> 'text'`).all().map(toStored)
}

export function setMessageState(db: Database, id: string, state: MessageState): void {
  prepared(
    db,
    'UPDATE messages SET phase = :phase, problem = :problem, progress = :progress, played_at = :played_at WHERE id = :id',
  ).run({ id, ...stateColumns(state) })
}

export function setSource(db: Database, id: string, source: string): void {
  prepared(db, 'UPDATE messages SET source = ? WHERE id = ?').run(source, id)
}

/** Whether its sender still has to be told that it was played. */
export function setReceiptOwed(db: Database, id: string, owed: boolean): void {
  prepared(db, 'UPDATE messages SET receipt_owed = ? WHERE id = ?').run(Number(owed), id)
}

/** Messages from this address that were played while it was away. */
export function owedReceipts(db: Database, sender: string): string[] {
  return prepared<{ id: string }>(db, 'SELECT id FROM messages WHERE receipt_owed = 1 AND sender = ?')
    .all(sender)
    .map(({ id }) => id)
}

/** Takes its outbox entry along. */
export function deleteMessage(db: Database, id: string): void {
  prepared(db, 'DELETE FROM messages WHERE id = ?').run(id)
}
