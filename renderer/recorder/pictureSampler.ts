import { meanLuma } from './selfCheck'

const POSTER = { width: 320, height: 180, bytes: 8 * 1024 }
const QUALITIES = [0.82, 0.65, 0.5, 0.35, 0.2]
/** Mean luma below which a poster would be a black rectangle. */
const BLACK_LUMA = 16

export type PictureSampler = {
  /** A tiny picture's RGBA, or null while the camera gives none. */
  pixels(): Uint8ClampedArray | null
  /** A JPEG of at most 8 kB that fits 320×180, or null when there is nothing (but black) to see. */
  poster(): Promise<Uint8Array<ArrayBuffer> | null>
  close(): void
}

/** Looks at a camera track now and then, without being on screen. */
export function createPictureSampler(track: MediaStreamTrack): PictureSampler {
  const video = document.createElement('video')
  video.muted = true
  video.srcObject = new MediaStream([track])
  video.play().catch(() => undefined)

  const draw = (width: number, height: number): OffscreenCanvas | null => {
    if (video.videoWidth === 0) return null
    const scale = Math.min(width / video.videoWidth, height / video.videoHeight)
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(video.videoWidth * scale)),
      Math.max(1, Math.round(video.videoHeight * scale)),
    )
    canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0, canvas.width, canvas.height)
    return canvas
  }

  const pixelsOf = (canvas: OffscreenCanvas | null): Uint8ClampedArray | null =>
    canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? null

  return {
    pixels: () => pixelsOf(draw(32, 18)),
    async poster() {
      const canvas = draw(POSTER.width, POSTER.height)
      const pixels = pixelsOf(canvas)
      if (canvas === null || pixels === null || meanLuma(pixels) < BLACK_LUMA) return null
      for (const quality of QUALITIES) {
        const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality })
        if (jpeg.size <= POSTER.bytes) return new Uint8Array(await jpeg.arrayBuffer())
      }
      return null
    },
    close() {
      video.srcObject = null
    },
  }
}
