import { useEffect, useRef, useState } from 'react';
import type { Lease, User } from '../../../gateway/http/schemas/index.ts';
import { stamp } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { relayProof } from '../security/device-proof.ts';
import { go } from '../routing/location.ts';
import { GateMark } from '../ui/wordmark.tsx';
import { ClosingNotice } from './closing-notice.tsx';
import { connect, type Connection } from './connection.ts';
import { EndDialog } from './end-dialog.tsx';
import { refuseTransfers } from './refused-actions.ts';
import { measured, noRoundTrips } from './round-trip.ts';
import { SessionBar } from './session-bar.tsx';
import { Toast } from './toast.tsx';
import { TypingSink } from './typing-sink.tsx';
import { useMessages } from './use-messages.ts';
import { hangWatermark } from './watermark.ts';

type SessionScreenProps = { lease: Lease; user: User; /** `shown`: a picture was on the screen before. */ onEnded: (status: number, shown: boolean) => void };

/** The desktop, filling the window, with the bar that gets out of its way. */
export function SessionScreen({ lease, user, onEnded }: SessionScreenProps) {
  const { t } = useTexts();
  const page = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const connection = useRef<Connection>(null);
  const [shown, setShown] = useState(false);
  const [trips, setTrips] = useState(noRoundTrips);
  const [barCalls, setBarCalls] = useState(0);
  const [typing, setTyping] = useState(false);
  const [ending, setEnding] = useState(false);
  const { message, say } = useMessages();
  const expiresAt = [lease.expiresAt, user.expiresAt, ...(lease.closingAt === undefined ? [] : [lease.closingAt])].sort()[0] ?? lease.expiresAt;

  const events = useLatest({
    onShown: () => {
      setShown(true);
      say('wayOut');
    },
    onEnded: (status: number) => onEnded(status, shown),
    onRoundTrip: (milliseconds: number) => setTrips((before) => measured(before, milliseconds)),
    onSilence: () => setTrips((before) => ({ ...before, lost: true })),
    onWayOut: () => setBarCalls((calls) => calls + 1),
    say,
  });

  useEffect(() => {
    document.title = `${lease.desktopName} | ${t('product')}`;
  }, [lease.desktopName, t]);

  useEffect(() => {
    if (view.current === null) return;
    let cameBack = true;
    const back = (): void => {
      cameBack = true;
    };
    window.addEventListener('focus', back);
    const opened = connect(view.current, lease.relay, {
      onShown: () => events.current.onShown(),
      onEnded: (status) => events.current.onEnded(status),
      onRoundTrip: (milliseconds) => events.current.onRoundTrip(milliseconds),
      onSilence: () => events.current.onSilence(),
      onWayOut: () => events.current.onWayOut(),
      onPasteKeys: () => {
        if (cameBack) events.current.say('paste');
        cameBack = false;
      },
      proof: () => relayProof(user.id, lease.id),
    });
    connection.current = opened;
    opened.focus();
    return () => {
      window.removeEventListener('focus', back);
      opened.leave();
    };
  }, [lease.relay, lease.id, user.id, events]);

  useEffect(() => page.current === null ? undefined : refuseTransfers(page.current, (action) => events.current.say(action)), [events]);

  const site = t(`site.${lease.site}`);
  useEffect(() => {
    if (stage.current === null) return;
    const mark = hangWatermark(stage.current, () => [`${user.displayName}  ${user.username}`, `${stamp(new Date())}  ${site}`]);
    return () => mark.takeDown();
  }, [user.displayName, user.username, site]);

  const toDesktop = (): void => connection.current?.focus();
  return (
    <div className="session" ref={page}>
      <SessionBar
        lease={lease}
        expiresAt={expiresAt}
        trips={trips}
        calls={barCalls}
        busy={!shown}
        typing={typing}
        onChord={(keysyms) => connection.current?.chord(keysyms)}
        onTyping={setTyping}
        onEnd={() => setEnding(true)}
        onLeave={toDesktop}
        onRunningOut={() => say('runningOut')}
      />
      <main className="session-stage" ref={stage}>
        <h1 className="visually-hidden">{t('session.title', { name: lease.desktopName })}</h1>
        <div className="session-view" ref={view} tabIndex={0} role="application" aria-label={t('session.view', { name: lease.desktopName })} aria-describedby="session-way-out" />
        <p id="session-way-out" className="visually-hidden">
          {t('session.messages.wayOut')}
        </p>
        {!shown && (
          <div className="session-connecting">
            <GateMark />
            <p role="status">{t('session.connecting', { name: lease.desktopName })}</p>
          </div>
        )}
      </main>
      {typing && <TypingSink onKeysym={(keysym) => connection.current?.chord([keysym])} onRefused={() => say('paste')} onClose={() => setTyping(false)} />}
      <Toast message={message} />
      <ClosingNotice lease={lease} />
      {ending && (
        <EndDialog
          leaseId={lease.id}
          stay={t('end.stay')}
          onEnded={() => {
            if (document.fullscreenElement !== null) void document.exitFullscreen();
            go('/');
          }}
          onClose={() => {
            setEnding(false);
            // After the dialog has put the focus back on its button.
            setTimeout(toDesktop);
          }}
        />
      )}
    </div>
  );
}

/** The newest of what was given, for callbacks that outlive a drawing of the component. */
function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
