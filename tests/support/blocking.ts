import { readFile, rm } from 'node:fs/promises'
import type { LaunchedApp } from './launchApp'

/** The longest task of each thread that a window waits for, in milliseconds of that thread's own work. */
export type LongestTasks = { main: number; page: number }

/** So long may a window not answer, in milliseconds. */
export const LONGEST_BLOCK_MS = 50

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  /** The thread's own time, in microseconds. */
  tdur?: number
  args?: { name?: string }
}

const TASK = 'ThreadControllerImpl::RunTask'

/**
 * Does something and tells how long it kept the main process or the main window's page from answering. Counts the time
 * that the thread worked, as Chromium's own trace has it, not the time that passed: what else the machine does falls
 * on nobody, so the figure needs no second try. What a thread waits for (a disk) is not in it.
 */
export async function longestTasks(
  { app, page }: LaunchedApp,
  action: () => Promise<unknown>,
): Promise<LongestTasks> {
  const pagePid = await app.evaluate(
    ({ webContents }, url) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === url)
        ?.getOSProcessId(),
    page.url(),
  )
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['toplevel'], excluded_categories: ['*'] }),
  )
  let file: string
  try {
    await action()
  } finally {
    file = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording())
  }
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(await readFile(file, 'utf8'))
  await rm(file)

  const longestOn = (isOurs: (thread: string, pid: number) => boolean) => {
    const threads = traceEvents.filter(
      ({ name, pid, args }) => name === 'thread_name' && isOurs(args?.name ?? '', pid),
    )
    const tasks = traceEvents.filter(
      ({ name, pid, tid }) =>
        name === TASK && threads.some((thread) => thread.pid === pid && thread.tid === tid),
    )
    if (tasks.length === 0) throw new Error('the trace has no task of a thread that must have worked')
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1_000), 0)
  }
  return {
    main: longestOn((thread) => thread === 'CrBrowserMain'),
    page: longestOn((thread, pid) => thread === 'CrRendererMain' && pid === pagePid),
  }
}
