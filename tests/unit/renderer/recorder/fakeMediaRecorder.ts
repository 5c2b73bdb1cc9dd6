/** Chromium's recorder as the service sees it: the test says when a chunk is there and when it has stopped. */
export class FakeMediaRecorder {
  static made: FakeMediaRecorder[] = []
  static isTypeSupported = (type: string) =>
    type.startsWith('video/x-matroska') || type.startsWith('audio/webm')
  state: RecordingState = 'inactive'
  mimeType: string
  sliceMs = 0
  ondataavailable: ((event: { data: Blob }) => void) | null = null
  onstop: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(
    readonly stream: unknown,
    readonly options: MediaRecorderOptions & { videoKeyFrameIntervalDuration?: number },
  ) {
    this.mimeType = options.mimeType ?? ''
    FakeMediaRecorder.made.push(this)
  }
  start(sliceMs: number) {
    this.sliceMs = sliceMs
    this.state = 'recording'
  }
  pause() {
    this.state = 'paused'
  }
  resume() {
    this.state = 'recording'
  }
  stop() {
    this.state = 'inactive'
  }
  emit(...bytes: number[]) {
    this.ondataavailable?.({ data: new Blob([Uint8Array.from(bytes)]) })
  }
  /** What Chromium does after `stop()`, or when every track has ended. */
  emitLast(...bytes: number[]) {
    this.state = 'inactive'
    this.emit(...bytes)
    this.onstop?.()
  }
}
