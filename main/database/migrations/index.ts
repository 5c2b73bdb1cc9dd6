import { first } from './0010-first'
import { historyCentre } from './0020-history-centre'
import { contacts } from './0030-contacts'
import { requests } from './0040-requests'
import { keeping } from './0050-keeping'
import type { Migration } from './migration'

/** In order; a step that was released is never changed. */
export const migrations: readonly Migration[] = [first, historyCentre, contacts, requests, keeping]
