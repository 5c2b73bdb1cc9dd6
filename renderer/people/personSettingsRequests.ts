import type { PersonSettings } from '../../preload/contract/personSettings'
import { createAppThunk, createRequest } from '../app/requests'

export const loadPersonSettings = createAppThunk('personSettings/load', (personId: string, { extra }) =>
  extra.bridge.personSettings.get({ personId }),
)

export const changePersonSettings = createRequest(
  'personSettings/change',
  (bridge, input: { personId: string; change: Partial<PersonSettings> }) =>
    bridge.personSettings.change(input),
)
