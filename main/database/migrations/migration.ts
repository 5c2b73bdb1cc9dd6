/** One step of the schema; `version` is the database's `user_version` afterwards, counted in tens. */
export type Migration = { version: number; sql: string }
