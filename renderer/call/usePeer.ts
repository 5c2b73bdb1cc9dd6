import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Medium } from '../../preload/contract/ids'
import { bridge } from '../app/bridge'
import { useAppSelector } from '../app/hooks'
import { selectCall } from './callSlice'
import { createPeer, type Peer } from './peerConnection'

/** The other end as it is now. */
export type Theirs = { stream: MediaStream | null; picture: boolean; muted: Medium[] }
type Tracks = { audio: MediaStreamTrack | null; video: MediaStreamTrack | null }

const nobody: Theirs = { stream: null, picture: false, muted: [] }

/** Runs the peer connection of the call under way with the tracks that are open, and says what comes in. */
export function usePeer({ audio, video }: Tracks): Theirs {
  const { current, connect, signals } = useAppSelector(selectCall)
  const phase = current?.state.phase
  const talking = phase === 'connecting' || phase === 'connected'
  const callId = talking && connect?.callId === current?.id ? (connect?.callId ?? null) : null
  const offers = connect?.offer ?? false
  const [peer, setPeer] = useState<Peer | null>(null)
  const [theirs, setTheirs] = useState(nobody)
  const heard = useRef(0)
  const placeTracks = useEffectEvent((made: Peer) => {
    made.setTrack('audio', audio)
    made.setTrack('video', video)
  })

  useEffect(() => {
    if (callId === null) return
    let made: Peer | null = null
    let gone = false
    const fail = () => {
      if (!gone) bridge.calls.end({ callId, reason: 'media-failed' }).catch(() => undefined)
    }
    const start = async () => {
      const iceServers = await bridge.calls.iceServers({ callId })
      if (gone) return
      made = createPeer({
        iceServers,
        offers,
        sendSignal: (signal) => bridge.calls.sendSignal({ callId, signal }),
        onStream: (stream) => setTheirs((before) => ({ ...before, stream })),
        onPicture: (picture) => setTheirs((before) => ({ ...before, picture })),
        onTheyMuted: (muted) => setTheirs((before) => ({ ...before, muted })),
        onConnected: () => bridge.calls.mediaConnected({ callId }).catch(() => undefined),
        onFailed: fail,
      })
      placeTracks(made)
      heard.current = 0
      setPeer(made)
    }
    start().catch(fail)
    return () => {
      gone = true
      made?.close()
      setPeer(null)
      setTheirs(nobody)
    }
  }, [callId, offers])

  useEffect(() => peer?.setTrack('audio', audio), [peer, audio])
  useEffect(() => peer?.setTrack('video', video), [peer, video])
  useEffect(() => {
    if (peer === null) return
    for (const signal of signals.slice(heard.current)) peer.hear(signal)
    heard.current = signals.length
  }, [peer, signals])

  return theirs
}
