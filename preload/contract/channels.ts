import type { z } from 'zod'

/** What a contract file declares: `'feature/name'` to a plain function of at most one input. */
// biome-ignore lint/suspicious/noExplicitAny: the bound must accept every input type; callers stay exact
export type Requests = Record<`${string}/${string}`, (input: any) => unknown>

/** One zod schema for each request, tied to its input type. A request without input says `noInput`. */
export type InputSchemas<R> = {
  [Channel in keyof R]: R[Channel] extends (...input: infer Input) => unknown
    ? Input extends [infer Only]
      ? z.ZodType<Only>
      : z.ZodUndefined
    : never
}

/** Lists a contract's event channels as values, so that the preload can walk them. */
export type EventNames<Events> = { [Channel in keyof Events]: true }

/** The main process's side: a function a request, sync or async. */
export type Handlers<R> = {
  [Channel in keyof R]: R[Channel] extends (...input: infer Input) => infer Output
    ? (...input: Input) => Output | Promise<Output>
    : never
}

type FeatureOf<Channel> = Channel extends `${infer Feature}/${string}` ? Feature : never
type NameOf<Channel, Feature extends string> = Channel extends `${Feature}/${infer Name}` ? Name : never

/** The renderer's side of the requests: `bridge.calls.place({...})`. */
export type RequestApi<R> = {
  [Feature in FeatureOf<keyof R>]: {
    [Name in NameOf<keyof R, Feature>]: R[`${Feature}/${Name}` & keyof R] extends (
      ...input: infer Input
    ) => infer Output
      ? (...input: Input) => Promise<Output>
      : never
  }
}

/** The renderer's side of the events: `bridge.on.calls.changed(listener)` returns the unsubscriber. */
export type EventApi<Events> = {
  [Feature in FeatureOf<keyof Events>]: {
    [Name in NameOf<keyof Events, Feature>]: (
      listener: (event: Events[`${Feature}/${Name}` & keyof Events]) => void,
    ) => () => void
  }
}

/**
 * How the services tell the windows that something changed: `publish('calls/changed', call)`. A list of the allowed
 * pairs rather than a generic function, so that who may publish everything can stand in for who publishes a part.
 */
export type Publish<Events> = (
  ...event: { [Channel in keyof Events]: [channel: Channel, event: Events[Channel]] }[keyof Events]
) => void
