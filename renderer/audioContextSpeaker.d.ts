/** In Chromium since 110, not yet in the types: https://developer.mozilla.org/docs/Web/API/AudioContext/setSinkId */
interface AudioContext {
  setSinkId(speakerId: string): Promise<void>
}
