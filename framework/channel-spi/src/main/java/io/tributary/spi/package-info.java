/// What a channel plugin implements and is given.
///
/// A plugin brings a [Channel], which opens [Account]s. Three methods are required: `descriptor`,
/// `open`, `capabilities`. Everything else is an *ability*: one more interface that the account
/// implements, such as [ReceivesWebhooks] or [Sends]. Calls come on virtual threads and may block.
///
/// Everything is non-null unless it says otherwise. Plugins build records by their static factories
/// and withers and read the host's records by accessor: canonical constructors may grow. So may
/// sealed types that a plugin reads; a `switch` over them has a `default`. Types marked
/// [HostProvided] are implemented by the host alone and may gain methods; those marked [Preview]
/// may still change.
///
/// # What the host guarantees
///
/// **Calls**
///
/// 1. Every call comes on a virtual thread of its own, named after plugin, version and account,
///    with the plugin's loader as context class loader; never on an event loop. At most
///    [ChannelDescriptor#callsAtOnce()] run; others wait.
/// 2. Each has a deadline: capabilities 200 ms; park 1 s; translate, page 2 s; verify, connect of a
///    device, onInteraction 5 s; onFrame, close 10 s; send, lookUp, locate, check 30 s; perform 60
///    s. Time spent in `deliver` and in `state` does not count. Then an interrupt; what still runs
///    a second later is stuck; two stuck calls quarantine the plugin.
/// 3. Account methods run side by side. A connection's `run` has one thread, `send` and `signal`
///    run beside it. A device session is called from one thread at a time, in order; only `send`
///    runs beside.
/// 4. Whatever is thrown is copied as text and counted; it harms nothing but the call.
///
/// **Opening and closing**
///
/// 5. The channel's constructor and `descriptor` run once per loaded version. `open` runs once per
///    account, member, version and settings. If it throws, that account is down (or the upgrade is
///    off); others go on.
/// 6. New settings or a new version open the new account first, then swap (20 for sockets), then
///    close the old one: both are open for a while, but a slot's connection and a socket always
///    belong to one of them.
/// 7. `close` runs once, after the account's last call ended or was given up. Then its threads are
///    interrupted, its requests cut, and its context refuses.
/// 8. State, raw events (kinds, notes), parked bytes and settings must be readable by the version
///    before and by every later one.
///
/// **In**
///
/// 9. `verify` runs before anything is parsed or kept. Throwing means 500 and nothing kept
///    ([Malformed]: 400), so what cannot be split is delivered whole. CONFLICT runs it again, three
///    times at most; UNAVAILABLE answers 503.
/// 10. `deliver` returns when all of it is fsynced, in one commit, one outcome per event in order.
///     An exception, [InterruptedException] too, means: do not acknowledge. Deliveries made one
///     after another keep that order. At most 1,000 events, 1 MB each, 8 MB together.
/// 11. `translate` runs before the commit, at least once per event that is no duplicate, and again
///     on replay, on any member and version. An event that cannot be translated is a dead letter
///     and harms no neighbour.
/// 12. A piece is durable when delivered. The whole is translated once all pieces are there, or
///     when patience is over (`complete` false if some are missing), on any member, whoever took
///     the pieces. The same number with the same bytes is a duplicate, with other bytes begins the
///     next whole. Its `receivedAt` is the first piece's; it may be positioned after what came
///     meanwhile.
///
/// **Connections**
///
/// 13. `connect` then `run`: only under the slot's lease, one per slot in the whole cluster, also
///     during upgrades and moves. When `run` ends, by return or exception, both are called again
///     after 1 s to 60 s.
/// 14. A connection is given messages from its `report(UP)` until another report or the end of
///     `run`.
/// 15. Leaving (shutdown, upgrade, move): no new sends; those under way get 10 s; then `run` is
///     interrupted and has 10 s, `deliver` works till then.
/// 16. If the lease is lost, `run` is interrupted at once and `deliver` throws LOST.
///
/// **Devices**
///
/// 17. Frames and `follow` asked for inside `connect` take effect after Accepted. Refused answers
///     the handshake with that status.
/// 18. While `onFrame` runs no further frame is read: a slow store slows the device. Throwing
///     closes the socket with 1011, [NotStored] with 1013: the device comes back and repeats.
/// 19. Outbound to an address goes to the device through which its last event came, and waits while
///     that is offline.
/// 20. Upgrade: no new sends, those under way get 10 s while frames still flow; then frames are
///     held, `park` (64 kB), then `connect` on the new version with the first handshake and
///     `parked`. Refused or failed: close 1012, the device comes back. The old session hears
///     nothing more.
/// 21. `onClosed` runs once per socket that was not handed over. At shutdown sockets close with
///     1012.
/// 22. `onInteraction` comes in order, on every session that follows, on any member. A cursor that
///     is too old begins at the oldest that is kept.
///
/// **Out**
///
/// 23. `send` runs once per attempt, in order within a conversation, under the lease of its slot or
///     device, with SENDING committed before. Parts beyond `together` are sends of their own; a
///     later one is tried when the earlier was accepted, and fails with it.
/// 24. Accepted, Rejected, RecipientGone are final; Retry waits for `after` and its scope, with
///     back-off, until `expiresAt`; AccountStopped holds the account.
/// 25. Throwing or the deadline counts as Unknown. `lookUp`, a receipt or the declared time settles
///     it; it is sent again only if `lookUp` says Retry.
/// 26. Several external ids for one part are its segments: it is delivered when all are. Ids of a
///     send that ended without being accepted are those of its beginning: that it is delivered says
///     nothing of the rest.
/// 27. `signal` is best effort: dropped when late.
///
/// **The end**
///
/// 28. SIGTERM: webhooks and new sockets are refused, then 15, 21, 7; 30 s in all. kill -9: nothing
///     is called, and whatever `deliver` returned for is there.
@NullMarked
package io.tributary.spi;

import org.jspecify.annotations.NullMarked;
