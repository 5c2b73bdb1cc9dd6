import type { AftertoneApi, AllRequests } from '../../../preload/contract'
import { defaultSettings } from '../../../preload/contract/settings'
import { createStore } from '../../../renderer/app/store'

type Answers = {
  [Channel in keyof AllRequests]?: AllRequests[Channel] extends (...input: infer Input) => infer Output
    ? (...input: Input) => Output | Promise<Output>
    : never
}

/** A bridge that answers what the test says and, like the real one, rejects everything else with a bare error. */
export function fakeBridge(answers: Answers): AftertoneApi {
  const features = new Proxy(
    {},
    {
      get: (_, feature: string) =>
        new Proxy(
          {},
          {
            get: (_, name: string) => async (input: unknown) => {
              const answer = (answers as Record<string, (input: unknown) => unknown>)[`${feature}/${name}`]
              if (!answer) throw new Error('internal')
              return answer(input)
            },
          },
        ),
    },
  )
  return features as AftertoneApi
}

/** The app's own store with its listeners, over a fake bridge. */
export const storeWith = (answers: Answers) =>
  createStore(fakeBridge(answers), {
    desktop: { version: '1.0.0', platform: 'linux', network: { kind: 'on' } },
    settings: defaultSettings,
  })
