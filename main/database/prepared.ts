import type { Database, Statement } from 'better-sqlite3'

// Belongs to its handle and goes with it: stores stay free functions and still parse each statement once.
const statements = new WeakMap<Database, Map<string, Statement<unknown[], unknown>>>()

/**
 * The statement for `sql` on this handle, parsed at its first use. `sql` is a constant: a statement made
 * from changing text would stay for as long as the handle does.
 */
export function prepared<Row = unknown>(db: Database, sql: string): Statement<unknown[], Row> {
  let ofHandle = statements.get(db)
  if (!ofHandle) {
    ofHandle = new Map()
    statements.set(db, ofHandle)
  }
  let statement = ofHandle.get(sql)
  if (!statement) {
    statement = db.prepare<unknown[], unknown>(sql)
    ofHandle.set(sql, statement)
  }
  // SQLite's rows are untyped; each store names the row that its own statement yields.
  return statement as Statement<unknown[], Row>
}
